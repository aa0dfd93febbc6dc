package io.wizzie.wcs.ami.cloudinit;

import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Removes from the guest everything that must not be in an image. Afterwards nobody can log in any
 * more, so it ends with the shell closed.
 */
public final class GuestCleaning {
  private final Clock clock;
  private final Consumer<BuildEvent> events;

  public GuestCleaning(Clock clock, Consumer<BuildEvent> events) {
    this.clock = clock;
    this.events = events;
  }

  /**
   * Starts the detached cleaning script, follows it to its end and closes the shell.
   *
   * @return what was found and removed, one line each, for the build's record
   */
  public List<String> run(RemoteShell shell, Duration timeout) {
    throw new UnsupportedOperationException(clock + "" + events + shell + timeout);
  }
}
