package io.wizzie.wcs.ami.ec2.client;

import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.base.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes a call again where that is right: throttled ones always, since EC2 has not done anything;
 * those that EC2 failed at or did not answer only where a second time has no second effect; those
 * whose credentials have expired once there are new ones. All within bounds. While EC2 throttles,
 * all calls of the client are spread out, and come closer again as they succeed.
 */
public final class RetryPolicy {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration SMALLEST_GAP = Duration.ofMillis(200);
  private static final Duration LARGEST_GAP = Duration.ofSeconds(4);
  private static final Duration CREDENTIALS_LOOK = Duration.ofSeconds(10);

  private final Clock clock;
  private final Sleeper sleeper;
  private final RandomGenerator random;
  private final Consumer<String> say;
  private final Duration maxElapsed;
  private final Duration credentialsTimeout;
  private Duration gap = Duration.ZERO;
  private boolean credentialsVerified;
  private boolean gaveUpWaiting;

  /**
   * @param say gets a line for every policy
   * @param maxElapsed how long one call is repeated
   * @param credentialsTimeout how long new credentials are waited for
   */
  public RetryPolicy(
      Clock clock,
      Sleeper sleeper,
      RandomGenerator random,
      Consumer<String> say,
      Duration maxElapsed,
      Duration credentialsTimeout) {
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
    this.say = say;
    this.maxElapsed = maxElapsed;
    this.credentialsTimeout = credentialsTimeout;
  }

  /**
   * Makes a call until it succeeds or must not be repeated.
   *
   * @param idempotent whether a second time has no second effect
   * @throws SdkException the last failure
   */
  <T> T call(String action, boolean idempotent, Supplier<T> call) {
    Instant begun = clock.instant();
    Duration pause = FIRST_PAUSE;
    while (true) {
      keepApart();
      try {
        T answer = call.get();
        succeeded();
        return answer;
      } catch (SdkException failed) {
        FailureKind kind = FailureKind.of(failed, clock.instant());
        if (kind == FailureKind.EXPIRED && mayAwaitCredentials(failed)) {
          return withNewCredentials(action, idempotent, call, failed);
        }
        answered(failed, kind);
        boolean again =
            kind == FailureKind.THROTTLED
                || (idempotent
                    && (kind == FailureKind.SERVER_ERROR
                        || (kind == FailureKind.NO_ANSWER && mayComeBack(failed))));
        if (!again || !clock.instant().plus(pause).isBefore(begun.plus(maxElapsed))) {
          throw failed;
        }
        say.accept(action + ": " + why(kind, failed) + "; trying again");
      }
      sleep(jittered(pause));
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  /** Which of the codes it was, or what kept the answer away, in a few words. */
  static String why(FailureKind kind, SdkException failed) {
    return switch (kind) {
      case THROTTLED -> "EC2 throttles";
      case NO_ANSWER -> "EC2 does not answer (" + Ec2Calls.plainCause(failed) + ")";
      default ->
          failed instanceof AwsServiceException refused && !FailureKind.code(refused).isEmpty()
              ? "EC2 answers " + FailureKind.code(refused)
              : "EC2 failed";
    };
  }

  // Credentials that never worked are a matter of configuration: no wait would mend them.
  private synchronized boolean mayAwaitCredentials(SdkException failed) {
    boolean worth = credentialsVerified && !gaveUpWaiting && !credentialsTimeout.isZero();
    return worth && !(failed instanceof AbortedException);
  }

  private <T> T withNewCredentials(
      String action, boolean idempotent, Supplier<T> call, SdkException first) {
    say.accept(
        "The AWS credentials have expired ("
            + Ec2Calls.plainCause(first)
            + "). Paused: renew them, such as with 'aws sso login', and the build goes on by"
            + " itself. It gives up after "
            + DurationText.spoken(credentialsTimeout)
            + ".");
    Instant deadline = clock.instant().plus(credentialsTimeout);
    SdkException last = first;
    while (clock.instant().isBefore(deadline)) {
      try {
        sleep(shorter(CREDENTIALS_LOOK, Duration.between(clock.instant(), deadline)));
      } catch (AbortedException interrupted) {
        // Who interrupts it does not want to wait again for each thing that is removed.
        noMoreWaiting();
        throw interrupted;
      }
      try {
        T answer = call.get();
        say.accept("The AWS credentials were renewed: going on");
        succeeded();
        return answer;
      } catch (SdkException failed) {
        FailureKind kind = FailureKind.of(failed, clock.instant());
        if (kind == FailureKind.EXPIRED) {
          last = failed;
          continue;
        }
        say.accept("The AWS credentials were renewed: going on");
        if (kind == FailureKind.THROTTLED
            || (idempotent && kind != FailureKind.REFUSED && kind != FailureKind.UNAUTHENTICATED)) {
          return call(action, idempotent, call);
        }
        throw failed;
      }
    }
    noMoreWaiting();
    throw last;
  }

  // A host that was never reached is more likely a wrong one than one that is away for a moment.
  private synchronized boolean mayComeBack(SdkException failed) {
    return credentialsVerified || !Ec2Calls.isUnreachable(failed);
  }

  private synchronized void noMoreWaiting() {
    gaveUpWaiting = true;
  }

  private synchronized void succeeded() {
    credentialsVerified = true;
    gaveUpWaiting = false;
    gap = gap.compareTo(SMALLEST_GAP) <= 0 ? Duration.ZERO : gap.multipliedBy(3).dividedBy(4);
  }

  private synchronized void answered(SdkException failed, FailureKind kind) {
    if (kind == FailureKind.THROTTLED) {
      gap = gap.isZero() ? SMALLEST_GAP : shorter(gap.multipliedBy(2), LARGEST_GAP);
    } else if (kind == FailureKind.REFUSED && failed instanceof AwsServiceException) {
      // A refusal on the merits shows that the credentials are good.
      credentialsVerified = true;
    }
  }

  private void keepApart() {
    Duration now;
    synchronized (this) {
      now = gap;
    }
    if (!now.isZero()) {
      sleep(jittered(now));
    }
  }

  private Duration jittered(Duration pause) {
    return pause.plusMillis(random.nextLong(pause.toMillis() / 2 + 1));
  }

  private void sleep(Duration pause) {
    try {
      sleeper.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted between two tries", interrupted);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
