package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.ShellWords;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A converge from the upload to the last exit status, over as many connections as it takes. */
final class ConvergeRun {
  private static final int MAX_REBOOTS = 5;
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final Duration REBOOT_POLL = Duration.ofSeconds(2);
  // The shell measures a command's time by another clock than the deadline's.
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);
  private static final Duration SETTLE = Duration.ofMinutes(3);

  private final Clock clock;
  private final Sleeper sleeper;
  private final Consumer<BuildEvent> events;
  private final ReconnectingShell guest;
  private final BuildSpec spec;
  private final Instant deadline;
  private SoloOutput output = new SoloOutput();
  private List<String> notes = List.of();

  ConvergeRun(
      Clock clock,
      Sleeper sleeper,
      Consumer<BuildEvent> events,
      ReconnectingShell guest,
      BuildSpec spec) {
    this.clock = clock;
    this.sleeper = sleeper;
    this.events = events;
    this.guest = guest;
    this.spec = spec;
    this.deadline = clock.instant().plus(spec.provision().timeout());
  }

  ProvisionConverge.Converged converge(InstalledChef chef, Path bundle) {
    new StagingFolder(guest)
        .fill(bundle, spec.provision().encryptedDataBagSecretFile(), this::remaining);
    int reboots = 0;
    for (int attempt = 1; ; attempt++) {
      if (!needsReboot(attempt(attempt, chef))) {
        return new ProvisionConverge.Converged(
            guest.current(), output.updatedResources(), output.totalResources(), reboots);
      }
      reboots++;
      if (reboots > MAX_REBOOTS) {
        throw failure(
            String.format(
                "The cookbooks asked for a reboot %d times and still want one; a reboot resource"
                    + " lacks a guard.",
                reboots));
      }
      awaitReboot(attempt);
    }
  }

  /** Starts chef-solo, follows it and returns how it ended. */
  private String attempt(int attempt, InstalledChef chef) {
    output = new SoloOutput();
    notes = List.of();
    // The guest ends chef-solo by itself when nobody is left to do it from here.
    Duration limit = remaining().plus(GRACE);
    List<Object> start = new ArrayList<>(List.of("start", attempt, limit.toSeconds()));
    start.addAll(soloCommand(chef));
    OutputFollower follower = new OutputFollower(this::guestLine);
    CommandResult result;
    try {
      if (remaining().isNegative()) {
        throw failure("provision.timeout was over before chef-solo could start; raise it.");
      }
      guest.require(() -> brief(start.toArray()), "Starting chef-solo");
      result = follow(attempt, follower);
    } catch (BuildException e) {
      throw givenUp(e);
    }
    String state = follower.state();
    if (state == null) {
      throw failure("chef-solo's output could not be followed:\n" + result.stderr().strip());
    }
    notes = follower.notes();
    return state;
  }

  private CommandResult follow(int attempt, OutputFollower follower) {
    return guest.run(
        () -> {
          follower.restart();
          return script(remaining(), "follow", attempt, follower.nextLine()).withOnLine(follower);
        },
        follower::nextLine);
  }

  private List<String> soloCommand(InstalledChef chef) {
    String folder = ProvisionConverge.STAGING_FOLDER + "/provision";
    List<String> command =
        new ArrayList<>(
            List.of(
                chef.soloPath(),
                "--config",
                folder + "/solo.rb",
                "--json-attributes",
                folder + "/node.json",
                "--no-color",
                "--force-formatter",
                "--log_level",
                spec.chef().logLevel()));
    command.addAll(spec.chef().extraArguments());
    return command;
  }

  /** Tells whether to converge again after a reboot; fails unless it ended so or well. */
  private boolean needsReboot(String state) {
    if (state.equals("rebooted")) {
      // Chef schedules the reboot before it exits: its exit status may lose that race.
      return true;
    }
    if (state.startsWith("vanished")) {
      throw failure(SoloExit.vanished(state));
    }
    int status = Integer.parseInt(state.substring("exited ".length()));
    if (status == SoloExit.SUCCESS || status == SoloExit.REBOOT_SCHEDULED) {
      return status == SoloExit.REBOOT_SCHEDULED;
    }
    throw failure(
        String.format(
            "chef-solo ended with exit code %d: %s.%s",
            status,
            SoloExit.describe(status),
            output.error().map(error -> "\n" + error).orElse("")));
  }

  private void awaitReboot(int attempt) {
    progress("The cookbooks asked for a reboot; waiting for the guest to come back.");
    Instant limit = clock.instant().plus(spec.timeouts().reboot());
    while (!guest.run(brief("rebooted", attempt)).succeeded()) {
      Instant now = clock.instant();
      if (now.isAfter(limit) || now.isAfter(deadline)) {
        boolean own = now.isAfter(limit);
        throw failure(
            String.format(
                "chef-solo exited with 35, which says that a reboot is scheduled, but the guest did"
                    + " not reboot within %s (%d s).",
                own ? "timeouts.reboot" : "provision.timeout",
                (own ? spec.timeouts().reboot() : spec.provision().timeout()).toSeconds()));
      }
      sleeper.pause(REBOOT_POLL, "waiting for the guest's reboot");
    }
    guest.run(script(SETTLE.plus(GRACE), "settle", SETTLE.toSeconds()));
    progress("The guest rebooted; converging again.");
  }

  /**
   * Stops chef-solo in the guest, for it is the build that gave up on it, and returns the failure
   * to report.
   */
  private BuildException givenUp(BuildException cause) {
    if (cause.category() == Category.INTERRUPTED) {
      // The builder is removed at once, and chef-solo with it.
      return new BuildException(
          cause.category(), "Interrupted while converging the provision cookbooks.", cause);
    }
    if (cause.category() == Category.ACCESS) {
      // Nothing can be reached any more; the unit's own time limit ends chef-solo.
      return cause;
    }
    String stopped = "chef-solo was stopped";
    try {
      guest.require(() -> brief("stop"), "Stopping chef-solo");
    } catch (BuildException e) {
      stopped = "chef-solo could not be stopped";
      cause.addSuppressed(e);
    }
    progress("Giving up on the converge: " + stopped + " in the guest.");
    if (clock.instant().isBefore(deadline.minus(CLOCK_TOLERANCE))) {
      return cause;
    }
    return failure(
        String.format(
            "The converge did not finish within provision.timeout (%d s); %s in the guest. Raise it"
                + " if the cookbooks need longer.",
            spec.provision().timeout().toSeconds(), stopped));
  }

  private BuildException failure(String message) {
    String tail = output.tail();
    return Category.GUEST.failure(
        message
            + GuestNotes.explain(notes, output.namesFullDisk())
            + (tail.isBlank() ? "" : "\nThe last lines of its output:\n" + tail));
  }

  private void guestLine(String raw) {
    for (String line : LogLine.split(raw)) {
      output.accept(line);
      events.accept(new BuildEvent.GuestOutput(clock.instant(), "chef-solo", line));
    }
  }

  private void progress(String message) {
    events.accept(new BuildEvent.Progress(clock.instant(), message));
  }

  private Duration remaining() {
    return Duration.between(clock.instant(), deadline);
  }

  private static RemoteCommand script(Duration timeout, Object... arguments) {
    return RemoteCommand.of(line(arguments), timeout);
  }

  private static RemoteCommand brief(Object... arguments) {
    return RemoteCommand.brief(line(arguments));
  }

  private static String line(Object... arguments) {
    List<String> words =
        new ArrayList<>(List.of("sudo", "-n", "/bin/sh", StagingFolder.SCRIPT_FILE));
    Stream.of(arguments).map(String::valueOf).forEach(words::add);
    return ShellWords.join(words);
  }
}
