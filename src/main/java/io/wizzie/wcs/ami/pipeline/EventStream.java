package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.BuildEvent.Progress;
import io.wizzie.wcs.ami.event.BuildEvent.SecretKnown;
import io.wizzie.wcs.ami.event.BuildEvent.Warning;
import io.wizzie.wcs.ami.event.SecretMask;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes events on, one at a time. A listener that fails, for want of disk space perhaps, must not
 * keep the cleanup from going on: so it never throws, and the next stage does not begin.
 *
 * <p>Learns on the way what is secret, for the files that a build writes itself.
 */
final class EventStream implements Consumer<BuildEvent> {
  private final Clock clock;
  private final Consumer<BuildEvent> listener;
  private final SecretMask mask = new SecretMask();
  private @Nullable BuildException failure;

  EventStream(Clock clock, Consumer<BuildEvent> listener) {
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public synchronized void accept(BuildEvent event) {
    if (event instanceof SecretKnown known) {
      mask.add(known.secret());
    }
    try {
      listener.accept(event);
    } catch (RuntimeException | Error failed) {
      if (failure == null) {
        failure = Category.HOST.failure("The build's output can't be written: " + failed, failed);
      } else {
        failure.addSuppressed(failed);
      }
    }
  }

  /** What every text passes that comes from a guest or from EC2 and goes into a file. */
  SecretMask mask() {
    return mask;
  }

  /** Makes a secret known to whoever shows or writes down what happens. */
  void secret(String secret) {
    accept(new SecretKnown(clock.instant(), secret));
  }

  void progress(String line) {
    accept(new Progress(clock.instant(), line));
  }

  void warn(String message) {
    accept(new Warning(clock.instant(), message));
  }

  /** Throws the failure of a listener, if there was one. */
  synchronized void requireHeard() {
    if (failure != null) {
      throw failure;
    }
  }
}
