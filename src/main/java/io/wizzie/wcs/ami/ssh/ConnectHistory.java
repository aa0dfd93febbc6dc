package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The failures of one connect in the order in which they came, and the message that sums up. */
final class ConnectHistory {
  private static final int SHOWN_PHASES = 4;

  private final SshTarget target;
  private final Instant start;
  private final List<Phase> phases = new ArrayList<>();
  private @Nullable Instant firstRejection;

  ConnectHistory(SshTarget target, Instant start) {
    this.target = target;
    this.start = start;
  }

  /**
   * Notes a failed attempt.
   *
   * @return a line on it when it failed otherwise than the one before; else null
   */
  @Nullable String add(AttemptFailedException failed, Instant began) {
    if (failed.failure().isRejection() && firstRejection == null) {
      firstRejection = began;
    }
    if (!phases.isEmpty() && last().failure() == failed.failure()) {
      phases.set(phases.size() - 1, last().again(failed));
      return null;
    }
    phases.add(new Phase(began, 1, failed));
    return address() + ": " + failed.failure().title() + brackets(failed.detail());
  }

  /** How long logins have been rejected. */
  Duration rejectedFor(Instant now) {
    return firstRejection == null ? Duration.ZERO : Duration.between(firstRejection, now);
  }

  /**
   * The failure of the whole connect.
   *
   * @param field of the configuration that says how long is tried
   */
  BuildException giveUp(Instant now, String field) {
    Phase last = decisive();
    StringBuilder message = new StringBuilder("Could not log in to ").append(address());
    Duration tried = Duration.between(start, now);
    if (!last.failure().isFinal() && !tried.isZero()) {
      message.append(" within ").append(DurationText.of(tried));
    }
    message.append(": ").append(last.failure().title()).append(brackets(last.detail()));
    if (last.attempts() > 1) {
      message.append(", ").append(last.attempts()).append(" times in the last ");
      message.append(DurationText.of(Duration.between(last.since(), now)));
    }
    message.append('.');
    if (phases.indexOf(last) > 0) {
      message.append("\nBefore that: ").append(earlier(last)).append('.');
    }
    if (!last.equals(last())) {
      message.append("\nAfter that: ").append(last().failure().title());
      message.append(brackets(last().detail())).append('.');
    }
    message.append("\nCheck ").append(last.failure().advice()).append('.');
    if (!last.failure().isFinal()) {
      message.append(' ').append(field).append(" says how long it is tried.");
    }
    return Category.ACCESS.failure(message.toString(), last.failed());
  }

  /**
   * What the connect failed of: the last phase, unless the server, having rejected logins, just did
   * not answer in time any more. That a user is wrong is not undone by a busy server.
   */
  private Phase decisive() {
    int before = phases.size() - 2;
    boolean answeredLess = last().failure() == ConnectFailure.STILL_BOOTING;
    if (answeredLess && before >= 0 && phases.get(before).failure().isRejection()) {
      return phases.get(before);
    }
    return last();
  }

  private String earlier(Phase than) {
    // A guest that flaps has many phases; the last few tell enough.
    int end = phases.indexOf(than);
    int from = Math.max(0, end - SHOWN_PHASES);
    List<Phase> shown = phases.subList(from, end);
    return (from > 0 ? "…, " : "")
        + shown.stream().map(this::lasting).collect(Collectors.joining(", then "));
  }

  private String lasting(Phase phase) {
    Instant end = phases.get(phases.indexOf(phase) + 1).since();
    return phase.failure().title()
        + " for "
        + DurationText.of(Duration.between(phase.since(), end));
  }

  private Phase last() {
    return phases.get(phases.size() - 1);
  }

  private String address() {
    return target.user() + "@" + target.host() + " port " + target.port();
  }

  private static String brackets(String detail) {
    return detail.isEmpty() ? "" : " (" + detail + ")";
  }

  /** Attempts in a row that failed alike. */
  private record Phase(Instant since, int attempts, AttemptFailedException failed) {
    Phase again(AttemptFailedException latest) {
      return new Phase(since, attempts + 1, latest);
    }

    ConnectFailure failure() {
      return failed.failure();
    }

    String detail() {
      return failed.detail();
    }
  }
}
