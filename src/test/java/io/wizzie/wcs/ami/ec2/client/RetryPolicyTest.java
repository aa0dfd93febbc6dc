package io.wizzie.wcs.ami.ec2.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.ec2.Faults;
import io.wizzie.wcs.ami.ec2.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class RetryPolicyTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> said = new ArrayList<>();
  private final RetryPolicy policy =
      new RetryPolicy(
          time, time, new Random(1), said::add, Duration.ofMinutes(2), Duration.ofMinutes(15));

  @AfterEach
  void clearTheInterrupt() {
    boolean unused = Thread.interrupted();
  }

  private static Supplier<String> refused(String code) {
    return () -> {
      throw Faults.error(code);
    };
  }

  private static String dropped() {
    throw SdkClientException.create("The connection was reset");
  }

  private String call(boolean idempotent, List<Supplier<String>> answers) {
    Deque<Supplier<String>> left = new ArrayDeque<>(answers);
    return policy.call("RunInstances", idempotent, () -> left.remove().get());
  }

  private Duration passed() {
    return time.pauses().stream().reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  void repeatsWhatIsThrottledEvenWhereASecondTimeWouldDoHarm() {
    assertThat(
            call(
                false,
                List.of(
                    refused("RequestLimitExceeded"), refused("RequestLimitExceeded"), () -> "ok")))
        .isEqualTo("ok");
    assertThat(said)
        .containsExactly(
            "RunInstances: EC2 throttles; trying again",
            "RunInstances: EC2 throttles; trying again");
  }

  @Test
  void givesUpOnThrottlingAfterItsPatience() {
    assertThatThrownBy(() -> call(true, Collections.nCopies(99, refused("Throttling"))))
        .isInstanceOf(AwsServiceException.class);
    // The last call may have been held back by the gap between calls.
    assertThat(passed()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(130));
  }

  @Test
  void aClientThatNobodyToldOtherwiseOutlastsAnAnswerThatNeverComes() {
    RetryPolicy usual =
        new RetryPolicy(
            time, time, new Random(1), said::add, Ec2Clients.MAX_ELAPSED, Duration.ofMinutes(15));
    Deque<Supplier<String>> left = new ArrayDeque<>(List.of(this::silence, () -> "ok"));

    assertThat(usual.call("DescribeImages", true, () -> left.remove().get())).isEqualTo("ok");
  }

  private String silence() {
    time.pass(Ec2Clients.ATTEMPT_TIMEOUT);
    throw ApiCallAttemptTimeoutException.create(Ec2Clients.ATTEMPT_TIMEOUT.toMillis());
  }

  @Test
  void spreadsAllCallsOutWhileThrottledAndComesBack() {
    call(true, List.of(refused("Throttling"), refused("Throttling"), () -> "ok"));
    int before = time.pauses().size();
    call(true, List.of(() -> "ok"));
    assertThat(time.pauses()).hasSize(before + 1);
    for (int i = 0; i < 20; i++) {
      call(true, List.of(() -> "ok"));
    }
    int settled = time.pauses().size();
    call(true, List.of(() -> "ok"));
    assertThat(time.pauses()).hasSize(settled);
  }

  @Test
  void repeatsWhatWasNotAnsweredOnlyWhereThatDoesNoHarm() {
    assertThat(call(true, List.of(RetryPolicyTest::dropped, refused("InternalError"), () -> "ok")))
        .isEqualTo("ok");
    assertThat(said).first().asString().contains("does not answer (The connection was reset)");

    assertThatThrownBy(() -> call(false, List.of(RetryPolicyTest::dropped)))
        .isInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> call(false, List.of(refused("InternalError"))))
        .isInstanceOf(AwsServiceException.class);
  }

  @Test
  void repeatsNothingThatEc2RefusesOnItsMerits() {
    for (String code : List.of("UnauthorizedOperation", "InvalidGroup.NotFound", "AuthFailure")) {
      assertThatThrownBy(() -> call(true, List.of(refused(code))))
          .isInstanceOf(AwsServiceException.class);
    }
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void pausesForNewCredentialsInMidBuild() {
    call(true, List.of(() -> "first"));

    assertThat(call(false, List.of(refused("ExpiredToken"), refused("ExpiredToken"), () -> "ok")))
        .isEqualTo("ok");
    assertThat(said)
        .containsExactly(
            "The AWS credentials have expired (ExpiredToken). Paused: renew them, such as with"
                + " 'aws sso login', and the build goes on by itself. It gives up after 15 min.",
            "The AWS credentials were renewed: going on");
    assertThat(passed()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void pausesWhenTheChainHasNoneLeftAndGivesUpOnceForAll() {
    call(true, List.of(() -> "first"));
    Supplier<String> none =
        () -> {
          throw new RenewedCredentials.NoneLeft(SdkClientException.create("The SSO session ended"));
        };

    assertThatThrownBy(() -> call(true, Collections.nCopies(999, none)))
        .isInstanceOf(RenewedCredentials.NoneLeft.class);
    assertThat(passed()).isEqualTo(Duration.ofMinutes(15));
    // The removal of each thing that is left must not wait as long again.
    assertThatThrownBy(() -> call(true, List.of(none)))
        .isInstanceOf(RenewedCredentials.NoneLeft.class);
    assertThat(passed()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void doesNotPauseForCredentialsThatNeverWorked() {
    assertThatThrownBy(() -> call(true, List.of(refused("ExpiredToken"))))
        .isInstanceOf(AwsServiceException.class);
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void anInterruptEndsThePause() {
    call(true, List.of(() -> "first"));
    Supplier<String> interrupting =
        () -> {
          Thread.currentThread().interrupt();
          throw Faults.error("ExpiredToken");
        };

    assertThatThrownBy(() -> call(true, List.of(interrupting)))
        .isInstanceOf(AbortedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(() -> call(true, List.of(refused("ExpiredToken"))))
        .isInstanceOf(AwsServiceException.class);
    assertThat(time.pauses()).isEmpty();
  }
}
