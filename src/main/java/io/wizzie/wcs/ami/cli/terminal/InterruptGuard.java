package io.wizzie.wcs.ami.cli.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns Ctrl-C and its kin into an orderly end. The first interrupts the thread that works, which
 * then cleans up; the next ends the process at once, after saying what is left.
 */
public final class InterruptGuard implements AutoCloseable {
  /**
   * Signals this close together are one: a terminal and a supervising program may both send theirs,
   * and that must not cost the cleanup.
   */
  static final Duration SAME_KEYSTROKE = Duration.ofMillis(500);

  private final Thread worker = Thread.currentThread();
  private final Environment.Interrupts interrupts;
  private final Clock clock;
  private final Environment.Registration registration;
  private Reaction reaction = new Reaction() {};
  private @Nullable Instant firstAt;
  private boolean closing;
  private boolean over;

  /** What a command does when it is interrupted, besides ending. */
  public interface Reaction {
    /**
     * At the first interrupt, before the worker is told.
     *
     * @return false to end the process instead, as there is nothing to clean up
     */
    default boolean first() {
      return true;
    }

    /** At the second, just before the process ends; the code to end with. */
    default ExitCode second() {
      return ExitCode.INTERRUPTED;
    }
  }

  public InterruptGuard(Environment environment) {
    this.interrupts = environment.interrupts();
    this.clock = environment.clock();
    this.registration = interrupts.handle(this::onSignal);
  }

  /**
   * From now on there is nothing to clean up, so that nobody need wait for a call that can't be
   * interrupted.
   */
  public void endAtOnce() {
    reactWith(
        new Reaction() {
          @Override
          public boolean first() {
            return false;
          }
        });
  }

  /** Reacts so from now on. */
  public synchronized void reactWith(Reaction reaction) {
    this.reaction = reaction;
  }

  public synchronized boolean interrupted() {
    return firstAt != null;
  }

  /**
   * The work is over, only what it used is still to be closed: a signal from now on ends nothing
   * but the wait for that, and one that came does not.
   */
  public synchronized void closing() {
    closing = true;
    boolean ignored = Thread.interrupted();
  }

  /**
   * The work is over, only its result is still to be told: a signal from now on is ignored, and one
   * that came does not break the telling.
   */
  public synchronized void workIsOver() {
    over = true;
    boolean ignored = Thread.interrupted();
  }

  @Override
  public void close() {
    registration.close();
  }

  private synchronized void onSignal() {
    if (over) {
      return;
    }
    Instant now = clock.instant();
    boolean again = firstAt != null && isSameKeystroke(firstAt, now);
    if (closing) {
      if (!again) {
        worker.interrupt();
      }
    } else if (firstAt == null) {
      firstAt = now;
      if (reaction.first()) {
        worker.interrupt();
      } else {
        interrupts.exitNow(ExitCode.INTERRUPTED.code());
      }
    } else if (!again) {
      interrupts.exitNow(reaction.second().code());
    }
  }

  private static boolean isSameKeystroke(Instant first, Instant now) {
    return Duration.between(first, now).compareTo(SAME_KEYSTROKE) < 0;
  }
}
