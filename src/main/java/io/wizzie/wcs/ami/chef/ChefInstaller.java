package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.spec.ChefSpec;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.time.Clock;
import java.util.function.Consumer;

/** Puts the configured Chef on the guest, or finds the one that is there. */
public final class ChefInstaller {
  private final Clock clock;
  private final Consumer<BuildEvent> events;

  public ChefInstaller(Clock clock, Consumer<BuildEvent> events) {
    this.clock = clock;
    this.events = events;
  }

  public InstalledChef install(RemoteShell shell, ChefSpec chef) {
    throw new UnsupportedOperationException(clock + "" + events + shell + chef);
  }
}
