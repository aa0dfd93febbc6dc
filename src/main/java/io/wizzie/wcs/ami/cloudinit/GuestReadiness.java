package io.wizzie.wcs.ami.cloudinit;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.RootScript;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Waits, in the guest, until cloud-init has finished and nobody holds apt's locks. */
public record GuestReadiness(Clock clock, Sleeper sleeper, Consumer<BuildEvent> events) {
  private static final RootScript LOCKS = RootScript.load(GuestReadiness.class, "apt-locks.py");
  private static final RootScript WHERE =
      RootScript.load(GuestReadiness.class, "cloud-init-where.sh");
  private static final RootScript WARNINGS =
      RootScript.load(GuestReadiness.class, "cloud-init-warnings.sh");
  private static final Pattern STATUS = Pattern.compile("(?m)^status: (.+?)\\s*$");
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final int MAX_ODD_ANSWERS = 5;
  private static final Duration AFTER_ODD_ANSWER = Duration.ofSeconds(2);
  private static final int NOT_FOUND = 127;
  private static final int ERROR = 1;
  private static final int DEGRADED = 2;

  public GuestReadiness(Clock clock, Consumer<BuildEvent> events) {
    this(clock, Sleeper.real(), events);
  }

  /**
   * Waits, and returns what system the guest runs.
   *
   * @param timeout {@code timeouts.cloudInit}
   * @throws BuildException category GUEST when cloud-init failed, never ran or takes longer than
   *     the timeout, when sudo asks for a password, or when somebody keeps apt's locks
   */
  public GuestSystem await(RemoteShell shell, Duration timeout) {
    Limit limit = new Limit(timeout, clock.instant().plus(timeout));
    boolean degraded = awaitCloudInit(shell, limit);
    checkSudo(shell);
    if (!degraded) {
      warnOfTheLog(shell);
    }
    awaitLocks(shell, limit);
    return GuestSystem.parse(
        shell
            .require(RemoteCommand.brief("cat /etc/os-release"), "Reading /etc/os-release")
            .stdout());
  }

  private record Limit(Duration timeout, Instant deadline) {
    String text() {
      return "timeouts.cloudInit (" + timeout.toSeconds() + " s)";
    }
  }

  /** Returns whether it has told of errors that it got over. */
  private boolean awaitCloudInit(RemoteShell shell, Limit limit) {
    progress("Waiting for cloud-init to finish.");
    CommandResult result = status(shell, limit);
    for (int odd = 1; !answered(result); odd++) {
      // Early in a boot some versions fail on systemd, which does not answer yet, and say no
      // status.
      if (result.exitCode() == NOT_FOUND) {
        throw Category.GUEST.failure(
            "The guest has no cloud-init; the source image must have it, for it starts the"
                + " bootstrap at first boot, too.");
      }
      if (odd == MAX_ODD_ANSWERS) {
        throw Category.GUEST.failure("cloud-init status failed in the guest: " + result.said());
      }
      sleeper.pause(AFTER_ODD_ANSWER, "waiting for cloud-init");
      result = status(shell, limit);
    }
    return judge(shell, result);
  }

  /** Versions before 23.4 know exit codes 0 and 1 only; 2 is done with recoverable errors. */
  private boolean judge(RemoteShell shell, CommandResult result) {
    Matcher status = STATUS.matcher(result.stdout());
    String last = "";
    while (status.find()) {
      last = status.group(1);
    }
    if (last.equals("disabled") || last.startsWith("not ")) {
      throw Category.GUEST.failure(
          "cloud-init did not run in the guest (status: "
              + last
              + "): the source image disables it, or found no datasource.");
    }
    if (result.exitCode() == DEGRADED || last.startsWith("degraded")) {
      warn("cloud-init finished with recoverable errors:\n" + details(result));
      return true;
    } else if (result.exitCode() == ERROR || last.startsWith("error")) {
      throw Category.GUEST.failure(
          "cloud-init failed in the guest:\n" + details(result) + "\n" + logTail(shell).strip());
    } else if (!result.succeeded()) {
      throw Category.GUEST.failure("cloud-init status failed in the guest: " + result.said());
    }
    return false;
  }

  /** Before 23.4 cloud-init is done, without a word, though it could not read its user data. */
  private void warnOfTheLog(RemoteShell shell) {
    CommandResult warnings = shell.run(WARNINGS.brief());
    if (!warnings.succeeded()) {
      warn("cloud-init's log could not be read: " + warnings.said());
    } else if (!warnings.stdout().isBlank()) {
      warn("cloud-init finished with warnings:\n" + warnings.stdout().strip());
    }
  }

  private CommandResult status(RemoteShell shell, Limit limit) {
    try {
      return shell.run(RemoteCommand.of("cloud-init status --wait --long", remaining(limit)));
    } catch (BuildException e) {
      // A command fails in the guest only by its timeout.
      throw e.category() == Category.GUEST ? tooLong(shell, limit, e) : e;
    }
  }

  /** Says where it sits, for a person to know which part of whose user data to look at. */
  private static BuildException tooLong(RemoteShell shell, Limit limit, BuildException timeout) {
    String where;
    try {
      CommandResult result = shell.run(WHERE.brief());
      where = result.succeeded() ? result.stdout().strip() : "";
    } catch (BuildException unreachable) {
      timeout.addSuppressed(unreachable);
      where = "";
    }
    return Category.GUEST.failure(
        "cloud-init did not finish in the guest within "
            + limit.text()
            + ". "
            + (where.isEmpty() ? "Where it sits can't be told: " + timeout.getMessage() : where),
        timeout);
  }

  private static boolean answered(CommandResult result) {
    return STATUS.matcher(result.stdout()).find();
  }

  private static String logTail(RemoteShell shell) {
    return shell
        .run(
            RemoteCommand.brief(
                "sudo -n sh -c 'grep -hE \"WARNING|ERROR|CRITICAL\" /var/log/cloud-init.log |"
                    + " tail -n 20; echo; tail -n 20 /var/log/cloud-init-output.log'"))
        .stdout();
  }

  private static void checkSudo(RemoteShell shell) {
    CommandResult result = shell.run(RemoteCommand.brief("sudo -n true"));
    if (!result.succeeded()) {
      throw Category.GUEST.failure(
          "The login user can't use sudo without a password ("
              + result.said()
              + "). ssh.user must be the source image's default user, or one whom a file in"
              + " /etc/sudoers.d gives NOPASSWD.");
    }
  }

  private void awaitLocks(RemoteShell shell, Limit limit) {
    String seconds = String.valueOf(Math.max(0, remaining(limit).toSeconds()));
    String[] last = {""};
    CommandResult result =
        shell.run(
            RemoteCommand.of("sudo -n python3 - " + seconds, remaining(limit).plus(GRACE))
                .withStdin(LOCKS::writeTo)
                .withOnLine(
                    line -> {
                      last[0] = line;
                      progress("Waiting for apt: " + line + ".");
                    }));
    if (!result.succeeded()) {
      throw Category.GUEST.failure(
          "The locks of apt and dpkg did not become free in the guest within "
              + limit.text()
              + ": "
              + (last[0].isEmpty() ? result.said() : last[0]));
    }
  }

  private Duration remaining(Limit limit) {
    return Duration.between(clock.instant(), limit.deadline());
  }

  /** The status without the dots that the wait prints before it. */
  private static String details(CommandResult result) {
    return result.stdout().replaceFirst("\\A[.\\s]*", "").strip();
  }

  private void progress(String message) {
    events.accept(new BuildEvent.Progress(clock.instant(), message));
  }

  private void warn(String message) {
    events.accept(new BuildEvent.Warning(clock.instant(), message));
  }

  /**
   * What {@code /etc/os-release} says.
   *
   * @param id such as {@code ubuntu}
   * @param versionId such as {@code 24.04}
   */
  public record GuestSystem(String id, String versionId, String prettyName) {
    private static final Pattern LINE = Pattern.compile("(?m)^([A-Z_]+)=(['\"]?)(.*)\\2\\s*$");

    static GuestSystem parse(String osRelease) {
      String id = "linux";
      String versionId = "";
      String prettyName = "Linux";
      Matcher line = LINE.matcher(osRelease);
      while (line.find()) {
        String value = line.group(3).replaceAll("\\\\(.)", "$1");
        switch (line.group(1)) {
          case "ID" -> id = value;
          case "VERSION_ID" -> versionId = value;
          case "PRETTY_NAME" -> prettyName = value;
          default -> {}
        }
      }
      return new GuestSystem(id, versionId, prettyName);
    }
  }
}
