package io.wizzie.wcs.ami.localregion.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of an instance and what became of it, as times. EC2's state follows from them and
 * the present time, so no process has to live for an instance to change its state.
 *
 * @param asked when RunInstances was called
 * @param begun when a process began to start the guest; if it is not started, that one may have
 *     died in it
 * @param started when the guest was started
 * @param address where the guest is reached; the last one if it is stopped
 * @param downSince since when the guest is seen not running though nobody asked for it
 * @param stopAsked when StopInstances was called, or the guest shut itself down
 * @param stopped when the guest was stopped
 * @param terminateAsked when TerminateInstances was called, the guest shut itself down, or it could
 *     not be started
 * @param removed when the guest was removed
 * @param reason of the last change; null if there was nothing to explain
 */
public record InstanceLife(
    Instant asked,
    @Nullable Instant begun,
    @Nullable Instant started,
    @Nullable String address,
    @Nullable Instant downSince,
    @Nullable Instant stopAsked,
    @Nullable Instant stopped,
    @Nullable Instant terminateAsked,
    @Nullable Instant removed,
    @Nullable Reason reason) {

  /** Why a state was left, in EC2's words. */
  public record Reason(String code, String message) {}

  /** EC2's instance states with their codes. */
  public enum State {
    PENDING(0, "pending"),
    RUNNING(16, "running"),
    SHUTTING_DOWN(32, "shutting-down"),
    TERMINATED(48, "terminated"),
    STOPPING(64, "stopping"),
    STOPPED(80, "stopped");

    private final int code;
    private final String text;

    State(int code, String text) {
      this.code = code;
      this.text = text;
    }

    public int code() {
      return code;
    }

    public String text() {
      return text;
    }

    /** Whether nothing but its entry in a list is or will be left. */
    public boolean ended() {
      return this == SHUTTING_DOWN || this == TERMINATED;
    }
  }

  public static InstanceLife asked(Instant now) {
    return new InstanceLife(now, null, null, null, null, null, null, null, null, null);
  }

  public State state(Instant now, Duration pending, Duration stopping, Duration shuttingDown) {
    if (terminateAsked != null) {
      return past(now, terminateAsked, shuttingDown, removed)
          ? State.TERMINATED
          : State.SHUTTING_DOWN;
    }
    if (stopAsked != null) {
      return past(now, stopAsked, stopping, stopped) ? State.STOPPED : State.STOPPING;
    }
    return past(now, asked, pending, started) ? State.RUNNING : State.PENDING;
  }

  /** When it became terminated; null if it didn't yet. */
  public @Nullable Instant terminated(Instant now, Duration shuttingDown) {
    return terminateAsked != null
            && removed != null
            && past(now, terminateAsked, shuttingDown, removed)
        ? later(removed, terminateAsked.plus(shuttingDown))
        : null;
  }

  public InstanceLife begunAt(Instant at) {
    return new InstanceLife(
        asked,
        at,
        started,
        address,
        downSince,
        stopAsked,
        stopped,
        terminateAsked,
        removed,
        reason);
  }

  public InstanceLife startedAt(Instant now, @Nullable String newAddress) {
    return new InstanceLife(
        asked, begun, now, newAddress, null, stopAsked, stopped, terminateAsked, removed, reason);
  }

  /** Seen running; its address may have changed with a restart. */
  public InstanceLife seenRunning(@Nullable String seen) {
    return new InstanceLife(
        asked, begun, started, seen, null, stopAsked, stopped, terminateAsked, removed, reason);
  }

  public InstanceLife seenDown(Instant now) {
    return new InstanceLife(
        asked, begun, started, address, now, stopAsked, stopped, terminateAsked, removed, reason);
  }

  public InstanceLife stopAskedAt(Instant now, Reason why) {
    return new InstanceLife(
        asked, begun, started, address, null, now, stopped, terminateAsked, removed, why);
  }

  public InstanceLife stoppedAt(Instant now) {
    return new InstanceLife(
        asked, begun, started, address, null, stopAsked, now, terminateAsked, removed, reason);
  }

  public InstanceLife terminateAskedAt(Instant now, Reason why) {
    return new InstanceLife(
        asked, begun, started, address, null, stopAsked, stopped, now, removed, why);
  }

  public InstanceLife removedAt(Instant now) {
    return new InstanceLife(
        asked, begun, started, address, null, stopAsked, stopped, terminateAsked, now, reason);
  }

  /** Nothing changed, but there is something to explain. */
  public InstanceLife because(Reason why) {
    return new InstanceLife(
        asked,
        begun,
        started,
        address,
        downSince,
        stopAsked,
        stopped,
        terminateAsked,
        removed,
        why);
  }

  private static boolean past(
      Instant now, Instant asked, Duration atLeast, @Nullable Instant done) {
    return done != null && !now.isBefore(later(done, asked.plus(atLeast)));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
