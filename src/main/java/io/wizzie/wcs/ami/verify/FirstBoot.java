package io.wizzie.wcs.ami.verify;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.SecretMask;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.ConnectionLostException;
import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the first boot of an instance: for cloud-init, and for the bootstrap that it starts.
 * Reboots on the way are followed.
 *
 * @param mask what the saved log passes
 */
public record FirstBoot(
    Clock clock, Sleeper sleeper, Consumer<BuildEvent> events, SecretMask mask) {
  private static final RemoteCommand STILL_RUNNING =
      RemoteCommand.brief(
          "cloud-init status --long; cat "
              + BootstrapState.FILE
              + " 2> /dev/null; sudo -n tail -n 20 /var/log/cloud-init-output.log");
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
  private static final int ERROR = 1;

  /**
   * A first boot that went well.
   *
   * @param shell follows reboots that are still to come, for commands that may be run twice
   */
  public record Booted(RemoteShell shell, BootstrapState bootstrap) {}

  /**
   * Waits until the bootstrap has converged, and in any case saves its log.
   *
   * @param login opens a shell, again after a reboot
   * @param log where the bootstrap's log goes
   * @throws BuildException category CHECK when the bootstrap or cloud-init failed, with the cause
   *     and the log's tail; also when the time is over
   */
  public Booted await(Supplier<RemoteShell> login, Duration timeout, Path log) {
    Instant deadline = clock.instant().plus(timeout);
    RemoteShell shell = login.get();
    while (true) {
      try {
        CommandResult cloudInit = awaitCloudInit(shell, deadline);
        BootstrapState state = state(shell, cloudInit);
        if (state.isConverged()) {
          requireDone(cloudInit, shell, state, log);
          return new Booted(new ReconnectingShell(shell, login, this::say), state);
        }
        if (state.isFailed()) {
          throw failed("The first boot failed: " + state.why() + ".", shell, state, log);
        }
        pause(deadline, shell, state, log);
      } catch (ConnectionLostException rebooting) {
        say("The instance reboots: " + rebooting.getMessage());
        requireTime(deadline, rebooting);
        shell = login.get();
      }
    }
  }

  private CommandResult awaitCloudInit(RemoteShell shell, Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    try {
      return shell.run(
          RemoteCommand.of(
              "cloud-init status --wait --long", left.compareTo(LEAST) < 0 ? LEAST : left));
    } catch (ConnectionLostException lost) {
      throw lost;
    } catch (BuildException tooLate) {
      if (tooLate.category() != Category.GUEST) {
        throw tooLate;
      }
      throw Category.CHECK.failure(
          "The first boot did not end in time (verify.timeout): cloud-init still runs. "
              + whyStillRunning(shell, tooLate),
          tooLate);
    }
  }

  private static String whyStillRunning(RemoteShell shell, BuildException tooLate) {
    try {
      return "It says:\n" + shell.run(STILL_RUNNING).stdout().strip();
    } catch (BuildException unreachable) {
      tooLate.addSuppressed(unreachable);
      return "Why can't be told: " + unreachable.getMessage();
    }
  }

  private BootstrapState state(RemoteShell shell, CommandResult cloudInit) {
    CommandResult file = shell.run(RemoteCommand.brief("cat " + BootstrapState.FILE));
    if (file.succeeded()) {
      return BootstrapState.parse(file.stdout());
    }
    String tail =
        shell
            .run(RemoteCommand.brief("sudo -n tail -n 20 /var/log/cloud-init-output.log"))
            .stdout();
    throw Category.CHECK.failure(
        "The first boot started no bootstrap: "
            + BootstrapState.FILE
            + " is not there. cloud-init says:\n"
            + details(cloudInit)
            + "\n"
            + tail.strip());
  }

  /** A converged bootstrap does not help when the rest of the first boot failed. */
  private void requireDone(
      CommandResult cloudInit, RemoteShell shell, BootstrapState state, Path log) {
    if (cloudInit.exitCode() == ERROR) {
      throw failed(
          "The bootstrap converged, but cloud-init failed:\n" + details(cloudInit),
          shell,
          state,
          log);
    }
    if (!cloudInit.succeeded()) {
      // 2 since cloud-init 23.4: done, with errors that it got over.
      events.accept(
          new BuildEvent.Warning(
              clock.instant(), "cloud-init is done with warnings:\n" + details(cloudInit)));
    }
    new BootstrapLog(state.logFile(), log, mask).save(shell, this::say);
  }

  private BuildException failed(String message, RemoteShell shell, BootstrapState state, Path log) {
    String tail = new BootstrapLog(state.logFile(), log, mask).save(shell, this::say);
    return Category.CHECK.failure(
        message + (tail.isEmpty() ? "" : "\n" + tail + "\nAll of it: " + log));
  }

  // A bootstrap that goes on after a reboot is not waited for by cloud-init.
  private void pause(Instant deadline, RemoteShell shell, BootstrapState state, Path log) {
    if (clock.instant().isAfter(deadline)) {
      throw failed(
          "The first boot did not end in time (verify.timeout): the bootstrap is "
              + state.state()
              + " in attempt "
              + state.attempts()
              + ".",
          shell,
          state,
          log);
    }
    say("The bootstrap is " + state.state());
    sleeper.pause(BETWEEN_LOOKS, "waiting for the first boot");
  }

  private void requireTime(Instant deadline, @Nullable Exception last) {
    if (clock.instant().isAfter(deadline)) {
      throw Category.CHECK.failure(
          "The first boot did not end in time (verify.timeout): the instance reboots.", last);
    }
  }

  /** The status without the dots that the wait prints before it. */
  private static String details(CommandResult cloudInit) {
    return (cloudInit.stdout() + cloudInit.stderr()).replaceFirst("\\A[.\\s]*", "").strip();
  }

  private void say(String line) {
    events.accept(new BuildEvent.Progress(clock.instant(), line));
  }
}
