package io.wizzie.wcs.ami.cloudinit;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.ConnectionLostException;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.RootScript;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Removes from the guest everything that must not be in an image. Afterwards nobody can log in any
 * more, so it ends with the shell closed.
 */
public record GuestCleaning(Clock clock, Consumer<BuildEvent> events) {
  private static final RootScript SCRIPT = RootScript.load(GuestCleaning.class, "clean-guest.sh");
  private static final String SCRIPT_FILE = "/run/wcs-ami-clean/clean-guest.sh";
  private static final String WARNING = "warning: ";
  private static final String TIMEOUT_FIELD = "timeouts.guestCleaning";

  /**
   * Starts the detached cleaning script, follows it to its end and closes the shell.
   *
   * <p>The script looks again when it has finished: it fails when keys, histories, cloud-init's
   * state or the staging folder are still there.
   *
   * @param timeout {@code timeouts.guestCleaning}, for looking and for cleaning
   * @return what was found and removed, one line each, for the build's record
   * @throws BuildException category GUEST when something could not be removed, category ACCESS when
   *     the connection was lost, for then nobody can know
   */
  public List<String> run(RemoteShell shell, Duration timeout) {
    try (shell) {
      List<String> report = new ArrayList<>();
      Consumer<String> reporter = line -> report(line, report);
      // Not line by line: over a lost connection it is asked again, and each line counts once.
      shell
          .require(SCRIPT.command(timeout, TIMEOUT_FIELD, "check"), "Looking for what to clean")
          .stdout()
          .lines()
          .forEach(reporter);
      shell.require(
          RootScript.writeFile(SCRIPT_FILE, "0700", SCRIPT::writeTo),
          "Putting the cleaning script into the guest");
      clean(shell, timeout, reporter);
      return List.copyOf(report);
    }
  }

  /**
   * The paths of all that {@link #run} will take away or empty, by the same script: files, and
   * folders that go with all in them.
   */
  public List<String> removes(RemoteShell shell, Duration timeout) {
    return shell
        .require(
            SCRIPT.command(timeout, TIMEOUT_FIELD, "removes"),
            "Asking what the cleaning will remove")
        .stdout()
        .lines()
        .toList();
  }

  private static void clean(RemoteShell shell, Duration timeout, Consumer<String> reporter) {
    CommandResult result;
    try {
      result =
          shell.runOnce(
              RemoteCommand.of("sudo -n /bin/sh " + SCRIPT_FILE + " start", timeout, TIMEOUT_FIELD)
                  .withOnLine(reporter));
    } catch (ConnectionLostException e) {
      throw Category.ACCESS.failure(
          "The connection was lost while the guest was being cleaned. Its keys may be gone already,"
              + " so nobody can look: build again.",
          e);
    }
    if (!result.succeeded()) {
      throw Category.GUEST.failure(
          "The guest could not be cleaned, so no image is made of it:\n"
              + (result.stdout() + result.stderr()).strip());
    }
  }

  private void report(String line, List<String> report) {
    if (line.isBlank()) {
      return;
    }
    report.add(line);
    events.accept(
        line.startsWith(WARNING)
            ? new BuildEvent.Warning(clock.instant(), line.substring(WARNING.length()))
            : new BuildEvent.GuestOutput(clock.instant(), "clean", line));
  }
}
