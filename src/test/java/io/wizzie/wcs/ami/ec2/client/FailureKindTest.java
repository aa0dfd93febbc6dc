package io.wizzie.wcs.ami.ec2.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.ec2.Ec2Refusals;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class FailureKindTest {
  private static AwsServiceException refused(String code, Duration behind) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plus(behind).atZone(ZoneOffset.UTC));
    return Ec2Exception.builder()
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage("Because")
                .sdkHttpResponse(SdkHttpResponse.builder().putHeader("Date", date).build())
                .build())
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "RequestLimitExceeded, THROTTLED",
    "InternalError, SERVER_ERROR",
    "ExpiredToken, EXPIRED",
    "RequestExpired, EXPIRED",
    "UnauthorizedOperation, DENIED",
    "AuthFailure, REFUSED",
    "InvalidGroup.NotFound, REFUSED"
  })
  void goesByTheCode(String code, FailureKind kind) {
    assertThat(FailureKind.of(refused(code, Duration.ZERO), Instant.now())).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"RequestExpired", "AuthFailure", "SignatureDoesNotMatch", "RequestTimeTooSkewed"})
  void tellsAWrongClockByTheDateOfTheAnswer(String code) {
    assertThat(FailureKind.of(refused(code, Duration.ofMinutes(20)), Instant.now()))
        .isEqualTo(FailureKind.CLOCK_SKEW);
  }

  @Test
  void aLackOfCapacityIsNoFaultOfTheServersThoughItsStatusSaysSo() {
    AwsServiceException lacking =
        refused("InsufficientInstanceCapacity", Duration.ZERO).toBuilder().statusCode(500).build();
    AwsServiceException novel = refused("Novel", Duration.ZERO).toBuilder().statusCode(500).build();

    assertThat(FailureKind.of(lacking, Instant.now())).isEqualTo(FailureKind.REFUSED);
    assertThat(FailureKind.of(novel, Instant.now())).isEqualTo(FailureKind.SERVER_ERROR);
  }

  @Test
  void saysByHowMuchTheClockIsWrong() {
    Ec2CallException failed =
        Ec2Refusals.thrown("RunInstances", refused("AuthFailure", Duration.ofMinutes(20)));

    assertThat(failed.getMessage())
        .containsPattern("This machine's clock is (19|20) min behind EC2's: set it");
    assertThat(failed.isTransient()).isFalse();
  }

  @Test
  void credentialsThatAreGoneNeitherPassNorLeaveACallInDoubt() {
    Ec2CallException failed =
        Ec2Refusals.thrown(
            "RunInstances",
            new RenewedCredentials.NoneLeft(SdkClientException.create("The SSO session ended")));

    assertThat(failed.isTransient()).isFalse();
    assertThat(failed.isOutcomeUnknown()).isFalse();
    assertThat(failed)
        .hasMessageContaining("there are no AWS credentials any more: The SSO session ended");
  }

  @Test
  void showsNoNamesOfClasses() {
    Ec2CallException failed =
        Ec2Refusals.thrown(
            "RunInstances",
            SdkClientException.create("Unable to execute", new UnknownHostException("ec2.moon")));

    assertThat(failed)
        .hasMessageContaining("the host name ec2.moon is unknown")
        .hasMessageContaining("Check the region's name");
    assertThat(failed.getMessage()).doesNotContain("Exception");
  }

  @Test
  void saysWhichActionAndOptionADenialIsAbout() {
    Denial denial =
        Denial.of(
            "RunInstances",
            "You are not authorized to perform this operation. User: arn:aws:iam::1:user/ci is not"
                + " authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/r because"
                + " no identity-based policy allows the iam:PassRole action. Encoded authorization"
                + " failure message: Q0xPQg-_x");

    assertThat(denial.action()).isEqualTo("iam:PassRole");
    assertThat(denial.said()).endsWith("allows the iam:PassRole action.");
    assertThat(denial.remedy())
        .startsWith(
            "Allow iam:PassRole to these credentials, which builder.iamInstanceProfile needs;")
        .endsWith("--encoded-message Q0xPQg-_x");
    assertThat(Denial.of("CreateImage", "No.").action()).isEqualTo("ec2:CreateImage");
  }
}
