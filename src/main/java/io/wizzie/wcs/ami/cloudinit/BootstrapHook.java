package io.wizzie.wcs.ami.cloudinit;

import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.spec.BootstrapSpec;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * Installs the hook that converges the bootstrap cookbooks at the first boot of every instance: a
 * script in cloud-init's {@code per-instance} folder that runs once per instance ID.
 */
public final class BootstrapHook {
  /** Folder in the image that holds this project's own files. */
  public static final String IMAGE_FOLDER = "/usr/local/etc/wcs/ami";

  private final Clock clock;
  private final Consumer<BuildEvent> events;

  public BootstrapHook(Clock clock, Consumer<BuildEvent> events) {
    this.clock = clock;
    this.events = events;
  }

  /**
   * Installs the hook's files, and a copy of the ones that {@code cloud-init clean} would delete,
   * which {@link GuestCleaning} puts back.
   *
   * @param stagingFolder where the cookbook bundle was unpacked; its {@code bootstrap} folder has
   *     {@code cookbooks}, {@code solo.rb} and {@code node.json}
   * @param soloPath absolute path of chef-solo in the guest
   */
  public void install(
      RemoteShell shell, String stagingFolder, String soloPath, BootstrapSpec bootstrap) {
    throw new UnsupportedOperationException(
        clock + "" + events + shell + stagingFolder + soloPath + bootstrap);
  }
}
