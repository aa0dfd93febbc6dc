package io.wizzie.wcs.ami.cloudinit;

import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits, in the guest, until cloud-init has finished and nobody holds apt's locks. */
public final class GuestReadiness {
  private final Clock clock;
  private final Consumer<BuildEvent> events;

  public GuestReadiness(Clock clock, Consumer<BuildEvent> events) {
    this.clock = clock;
    this.events = events;
  }

  /** Waits, and returns what system the guest runs. */
  public GuestSystem await(RemoteShell shell, Duration timeout) {
    throw new UnsupportedOperationException(clock + "" + events + shell + timeout);
  }

  /**
   * What {@code /etc/os-release} says.
   *
   * @param id such as {@code ubuntu}
   * @param versionId such as {@code 24.04}
   */
  public record GuestSystem(String id, String versionId, String prettyName) {}
}
