package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Converges the provision run list: streams the bundle into a private staging folder, runs
 * chef-solo as a transient unit whose output is followed, and understands its exit codes.
 */
public record ProvisionConverge(Clock clock, Sleeper sleeper, Consumer<BuildEvent> events) {
  /** Private folder in the guest that holds everything of the build, removed before imaging. */
  public static final String STAGING_FOLDER = "/root/.wcs-ami";

  /** The encrypted data bags' secret in the guest. */
  static final String SECRET_FILE = STAGING_FOLDER + "/encrypted_data_bag_secret";

  /** A command that ends its own connection each time must not go on for ever. */
  static final int MAX_LOSSES = 10;

  public ProvisionConverge(Clock clock, Consumer<BuildEvent> events) {
    this(clock, Sleeper.real(), events);
  }

  /**
   * Converges. A lost connection is taken up again where it broke; exit code 35 is followed by a
   * wait for the reboot and another converge, at most five times. When the time of {@code
   * provision.timeout} is over or the thread is interrupted, chef-solo is stopped in the guest.
   *
   * @param shell the shell to start with; closed by the caller
   * @param reconnect opens a new shell after a reboot or a lost connection
   * @return the shell that is connected now and what chef-solo reported
   * @throws BuildException category GUEST; names the failing resource and has the output's tail
   */
  public Converged run(
      RemoteShell shell,
      Supplier<RemoteShell> reconnect,
      InstalledChef chef,
      CookbookBundle bundle,
      BuildSpec spec) {
    ReconnectingShell guest =
        ReconnectingShell.borrowing(
            shell,
            reconnect,
            message -> events.accept(new BuildEvent.Progress(clock.instant(), message)),
            MAX_LOSSES);
    try {
      return new ConvergeRun(clock, sleeper, events, guest, spec).converge(chef, bundle.file());
    } catch (RuntimeException e) {
      guest.close();
      throw e;
    }
  }

  /**
   * How the converge went.
   *
   * @param shell the one to go on with; another than the one passed in after a reboot
   * @param updatedResources as chef-solo counted them in its last run, -1 when it did not say
   * @param totalResources likewise
   * @param reboots how many reboots the cookbooks asked for
   */
  public record Converged(
      RemoteShell shell, int updatedResources, int totalResources, int reboots) {}
}
