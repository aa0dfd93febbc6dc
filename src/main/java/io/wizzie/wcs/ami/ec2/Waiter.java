package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.config.TimeoutsSpec;
import io.wizzie.wcs.ami.config.reader.SpecReader;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ec2.client.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Waits for EC2 by asking every 2 to 3 seconds, jittered so that parallel builds do not ask in
 * step. It asks a few times sooner at first, for what is quick, and less often only while EC2
 * throttles or does not answer.
 *
 * @param progress gets a line whenever what is waited for changes its state
 * @param timeouts of the waits that no other field of the configuration bounds
 */
public record Waiter(
    Clock clock,
    Sleeper sleeper,
    RandomGenerator random,
    Consumer<String> progress,
    TimeoutsSpec timeouts) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LOST_VISIBLE_WITHIN = Duration.ofSeconds(15);
  private static final Duration MADE_VISIBLE_WITHIN = Duration.ofSeconds(30);

  /** With every timeout at its default. */
  public Waiter(Clock clock, Sleeper sleeper, RandomGenerator random, Consumer<String> progress) {
    this(clock, sleeper, random, progress, SpecReader.byDefault(TimeoutsSpec.class));
  }

  /**
   * One poll of EC2 and its result; a final state other than the wanted one is thrown as an
   * exception.
   *
   * @param result null while it is pending
   * @param state such as {@code i-0abc is pending}
   */
  record Poll<T>(@Nullable T result, String state) {
    static <T> Poll<T> done(T result) {
      return new Poll<>(result, "");
    }

    static <T> Poll<T> pending(String state) {
      return new Poll<>(null, state);
    }
  }

  /** For the calls of one client, with this waiter's clock, timeouts and progress lines. */
  RetryPolicy retryPolicy() {
    return new RetryPolicy(
        clock, sleeper, random, progress, timeouts.repeat(), timeouts.credentials());
  }

  /** Says something on what is going on. */
  void say(String line) {
    progress.accept(line);
  }

  /**
   * Looks until there is a result.
   *
   * @param what is waited for, such as {@code i-0abc to run}
   * @param field of the configuration that says the timeout
   * @param why asks EC2, after the time has passed, what it says about the delay; may be empty
   * @throws BuildException category EC2 after the timeout, INTERRUPTED when interrupted
   */
  <T> T until(
      String what, Duration timeout, String field, Supplier<Poll<T>> poll, Supplier<String> why) {
    Instant deadline = clock.instant().plus(timeout);
    Duration pause = FIRST_PAUSE;
    String state = "";
    while (true) {
      Poll<T> seen = null;
      String now;
      try {
        seen = poll.get();
        T result = seen.result();
        if (result != null) {
          return result;
        }
        now = seen.state();
      } catch (Ec2CallException failed) {
        // Throttling and silence never end a wait: what is waited for goes on all the same, and
        // giving up would throw away minutes of work. Whatever does not pass by itself does.
        if (!failed.isTransient()) {
          throw failed;
        }
        now = failed.brief();
      }
      if (!now.equals(state)) {
        state = now;
        progress.accept(state);
      }
      if (!clock.instant().isBefore(deadline)) {
        throw Category.EC2.failure(tooLate(what, timeout, field, state, why));
      }
      Duration longest = seen == null ? LONGEST_PAUSE : USUAL_PAUSE;
      pause = shorter(pause, longest);
      sleep(what, pause);
      pause = shorter(pause.multipliedBy(2), longest);
    }
  }

  /** Looks for what EC2 has refused as a duplicate, and so knows; it may take a moment to show. */
  List<String> awaitVisible(String what, Supplier<List<String>> find) {
    Instant deadline = clock.instant().plus(timeouts.visible());
    List<String> found = find.get();
    while (found.isEmpty() && clock.instant().isBefore(deadline)) {
      sleep(what + " to show", USUAL_PAUSE);
      found = find.get();
    }
    return found;
  }

  /**
   * Looks for what a call whose answer was lost may have made, until EC2 would know of it.
   *
   * @return nothing when it has made nothing
   */
  List<String> awaitPossiblyCreated(String what, Supplier<List<String>> look) {
    Instant deadline = clock.instant().plus(LOST_VISIBLE_WITHIN);
    Duration pause = FIRST_PAUSE;
    while (true) {
      boolean last = !clock.instant().isBefore(deadline);
      try {
        List<String> found = look.get();
        if (last || !found.isEmpty()) {
          return found;
        }
      } catch (Ec2CallException failed) {
        if (last || !failed.isTransient()) {
          throw failed;
        }
      }
      sleep(what, pause);
      pause = shorter(pause.multipliedBy(2), USUAL_PAUSE);
    }
  }

  /**
   * Removes something. That EC2 does not know it means that it is gone, unless it was made moments
   * ago: then the part of EC2 that was asked may not have heard of it yet.
   *
   * @param madeAt when the creating call was answered; null when that is long ago
   */
  void deleteIfExists(String what, @Nullable Instant madeAt, Supplier<?> call) {
    Duration rest =
        madeAt == null
            ? Duration.ZERO
            : Duration.between(clock.instant(), madeAt.plus(MADE_VISIBLE_WITHIN));
    try {
      retrying(what, rest, Ec2CallException::isNotFound, call);
    } catch (Ec2CallException failed) {
      if (!failed.isNotFound()) {
        throw failed;
      }
    }
  }

  /** As above, while one of these codes says that something else still uses it. */
  void deleteOnceReleased(
      String id, @Nullable Instant madeAt, Set<String> inUse, Supplier<?> call) {
    String what = "Deleting " + id;
    deleteIfExists(what, madeAt, () -> retrying(what, timeouts.release(), inUse, call));
  }

  /**
   * Makes a call again while EC2 answers with one of these codes, which say that something else has
   * not come through yet.
   *
   * @throws Ec2CallException the last one, after the timeout
   */
  <T> T retrying(String what, Duration timeout, Set<String> codes, Supplier<T> call) {
    return retrying(what, timeout, refused -> refused.isOneOf(codes), call);
  }

  /** As above, for refusals that their code alone does not tell. */
  <T> T retrying(
      String what, Duration timeout, Predicate<Ec2CallException> notYet, Supplier<T> call) {
    Instant deadline = clock.instant().plus(timeout);
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return call.get();
      } catch (Ec2CallException refused) {
        if (!notYet.test(refused) || !clock.instant().isBefore(deadline)) {
          throw refused;
        }
        progress.accept(what + ": " + refused.code() + ", trying again");
      }
      sleep(what, pause);
      pause = shorter(pause.multipliedBy(2), USUAL_PAUSE);
    }
  }

  private static String tooLate(
      String what, Duration timeout, String field, String state, Supplier<String> why) {
    String reason;
    try {
      reason = why.get();
    } catch (Ec2CallException failed) {
      reason = "EC2 could not be asked why: " + failed.getMessage();
    }
    return "Timed out after %s (%s) waiting for %s.%s%s"
        .formatted(
            DurationText.spoken(timeout),
            field,
            what,
            state.isEmpty() ? "" : " Last seen: " + state + ".",
            reason.isEmpty() ? "" : " " + reason);
  }

  private void sleep(String what, Duration pause) {
    long jitter = random.nextLong(pause.toMillis() / 2);
    sleeper.pause(pause.plusMillis(jitter), "waiting for " + what);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
