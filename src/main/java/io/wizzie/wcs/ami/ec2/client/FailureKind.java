package io.wizzie.wcs.ami.ec2.client;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The kind of a failed call, which decides what is done next.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">EC2's
 *     error codes</a>
 */
public enum FailureKind {
  /** EC2 has done nothing and wants to be asked less often. */
  THROTTLED(
      "RequestLimitExceeded",
      "Throttling",
      "ThrottlingException",
      "RequestThrottled",
      "RequestThrottledException",
      "EC2ThrottledException",
      "SlowDown"),

  /** EC2 failed, maybe after the call had its effect. */
  SERVER_ERROR("InternalError", "InternalFailure", "ServiceUnavailable", "Unavailable"),

  /** No answer came; the call may have had its effect. */
  NO_ANSWER,

  /** There are no credentials any more, or they have expired. */
  EXPIRED("ExpiredToken", "ExpiredTokenException", "RequestExpired"),

  /** The clocks of this machine and of EC2 differ too much. */
  CLOCK_SKEW("RequestTimeTooSkewed", "RequestInTheFuture"),

  /**
   * AWS does not know these credentials. AuthFailure is not among the codes: with another status
   * than 401 it is about a resource.
   */
  UNAUTHENTICATED(
      "InvalidAccessKeyId",
      "InvalidClientTokenId",
      "MissingAuthenticationToken",
      "SignatureDoesNotMatch",
      "UnrecognizedClientException"),

  /** These credentials may not do it. */
  DENIED("UnauthorizedOperation", "AccessDenied", "AccessDeniedException"),

  INTERRUPTED,

  /** Any other refusal. */
  REFUSED;

  // EC2 says RequestExpired of a session that is over as well as of a wrong clock, with which it
  // may also find the signature or the credentials themselves wrong.
  private static final Set<String> MAYBE_CLOCK_CODES =
      Set.of(
          "RequestExpired",
          "RequestTimeTooSkewed",
          "RequestInTheFuture",
          "AuthFailure",
          "SignatureDoesNotMatch");
  private static final Duration TOLERATED = Duration.ofMinutes(4);
  private static final int STATUS_UNAUTHORIZED = 401;
  private static final int STATUS_SERVER_ERROR = 500;

  /** Made by List.of. */
  @SuppressWarnings("Immutable")
  private final List<String> codes;

  FailureKind(String... codes) {
    this.codes = List.of(codes);
  }

  static FailureKind of(Throwable failure, Instant now) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RenewedCredentials.NoneLeft) {
        return EXPIRED;
      }
    }
    if (failure instanceof AwsServiceException refused) {
      return ofRefusal(refused, now);
    }
    boolean interrupted =
        failure instanceof AbortedException || Thread.currentThread().isInterrupted();
    return interrupted ? INTERRUPTED : NO_ANSWER;
  }

  /** Of an error code alone. */
  public static FailureKind ofCode(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.codes.contains(code))
        .findFirst()
        .orElse(REFUSED);
  }

  private static FailureKind ofRefusal(AwsServiceException refused, Instant now) {
    String code = code(refused);
    boolean skewed = skew(refused, now).abs().compareTo(TOLERATED) > 0;
    if (skewed && MAYBE_CLOCK_CODES.contains(code)) {
      return CLOCK_SKEW;
    }
    FailureKind byCode = ofCode(code);
    if (byCode != REFUSED) {
      return byCode;
    } else if (refused.statusCode() == STATUS_UNAUTHORIZED && code.equals("AuthFailure")) {
      return UNAUTHENTICATED;
    } else if (refused.isThrottlingException()) {
      return THROTTLED;
    }
    // InsufficientInstanceCapacity and its kin come with status 500, yet nothing has failed:
    // another zone or type is what helps, not the same call again.
    boolean failed =
        refused.statusCode() >= STATUS_SERVER_ERROR && !code.startsWith("Insufficient");
    return failed ? SERVER_ERROR : REFUSED;
  }

  /** EC2's error code; empty where it gave none. */
  static String code(AwsServiceException refused) {
    @Nullable AwsErrorDetails details = refused.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  /** How far this machine's clock is ahead of EC2's, by the date of the answer; zero if unknown. */
  static Duration skew(AwsServiceException refused, Instant now) {
    @Nullable AwsErrorDetails details = refused.awsErrorDetails();
    @Nullable SdkHttpResponse response = details == null ? null : details.sdkHttpResponse();
    if (response == null) {
      return Duration.ZERO;
    }
    try {
      return response
          .firstMatchingHeader("Date")
          .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
          .map(theirs -> Duration.between(theirs, now))
          .orElse(Duration.ZERO);
    } catch (DateTimeParseException noDate) {
      return Duration.ZERO;
    }
  }
}
