package io.wizzie.wcs.ami.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.guest.ScriptedShell;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestReadinessTest {
  private static final String STATUS = "cloud-init status";

  private final List<BuildEvent> events = new ArrayList<>();
  private final List<Duration> sleeps = new ArrayList<>();
  private final ScriptedShell shell = new ScriptedShell();

  @Test
  void saysWhatSystemTheGuestRuns() {
    shell
        .on(STATUS, 0, "....\nstatus: done\nboot_status_code: enabled\n", "")
        .on(
            "os-release",
            0,
            "PRETTY_NAME=\"Ubuntu 24.04.1 LTS\"\nID=ubuntu\nVERSION_ID='24.04'\nX=\n",
            "");

    assertThat(await())
        .isEqualTo(new GuestReadiness.GuestSystem("ubuntu", "24.04", "Ubuntu 24.04.1 LTS"));
    assertThat(shell.inputs().get(3)).contains("F_GETLK");
  }

  @Test
  void warnsOfRecoverableErrors() {
    shell.on(
        STATUS, 2, "status: done\nextended_status: degraded done\nrecoverable_errors: x\n", "");

    await();

    assertThat(events)
        .filteredOn(BuildEvent.Warning.class::isInstance)
        .map(event -> ((BuildEvent.Warning) event).message())
        .singleElement()
        .asString()
        .contains("recoverable_errors: x");
  }

  @Test
  void warnsOfWhatTheLogWarnsOfThoughTheStatusIsDone() {
    shell
        .on(STATUS, 0, "status: done\n", "")
        .on("sudo -n /bin/sh -s --", 0, "util.py[WARNING]: Failed loading yaml blob\n", "");

    await();

    assertThat(events)
        .filteredOn(BuildEvent.Warning.class::isInstance)
        .map(event -> ((BuildEvent.Warning) event).message())
        .containsExactly(
            "cloud-init finished with warnings:\nutil.py[WARNING]: Failed loading yaml blob");
  }

  @Test
  void failsWithTheLogWhenCloudInitFailed() {
    shell
        .on(STATUS, 1, "\nstatus: error\ndetail: ('scripts-user', 1)\n", "")
        .on("cloud-init-output.log", 0, "the log's tail\n", "");

    assertThatThrownBy(this::await)
        .hasMessageContaining("detail: ('scripts-user', 1)")
        .hasMessageEndingWith("the log's tail");
  }

  @Test
  void failsWhenCloudInitNeverRan() {
    shell.on(STATUS, 0, "status: disabled\n", "");
    assertThatThrownBy(this::await).hasMessageContaining("did not run in the guest");

    shell.on(STATUS, 127, "", "bash: cloud-init: command not found");
    assertThatThrownBy(this::await).hasMessageContaining("has no cloud-init");
  }

  @Test
  void asksAgainWhenSystemdDoesNotAnswerYet() {
    shell.on(STATUS, 1, "", "Failed to connect to bus").on(STATUS, 0, "status: done\n", "");

    await();

    assertThat(sleeps).hasSize(1);
  }

  @Test
  void failsWhenItNeverAnswers() {
    for (int i = 0; i < 5; i++) {
      shell.on(STATUS, 1, "", "Failed to connect to bus");
    }

    assertThatThrownBy(this::await).hasMessageContaining("Failed to connect to bus");
  }

  @Test
  void namesTheModuleThatCloudInitSitsInWhenItTakesTooLong() {
    shell
        .on(
            STATUS,
            command -> {
              throw new BuildException(BuildException.Category.GUEST, "did not end within 5m");
            })
        .on(
            "sudo -n /bin/sh -s --",
            0,
            "It sits in modules-final/config-scripts_user (stage/module).\n",
            "");

    assertThatThrownBy(this::await)
        .hasMessageContaining(
            "cloud-init did not finish in the guest within timeouts.cloudInit (300 s). ")
        .hasMessageContaining("It sits in modules-final/config-scripts_user");
    assertThat(shell.inputs()).anyMatch(input -> input.contains("cloud-init.log"));
  }

  @Test
  void failsWhenSudoAsksForAPassword() {
    shell
        .on(STATUS, 0, "status: done\n", "")
        .on("sudo -n true", 1, "", "sudo: a password is required");

    assertThatThrownBy(this::await).hasMessageContaining("sudo: a password is required");
  }

  @Test
  void namesWhoKeepsTheLock() {
    shell
        .on(STATUS, 0, "status: done\n", "")
        .on("python3", 1, "/var/lib/dpkg/lock is held by apt (process 7)\n", "");

    assertThatThrownBy(this::await).hasMessageContaining("held by apt (process 7)");
  }

  private GuestReadiness.GuestSystem await() {
    return new GuestReadiness(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), sleeps::add, events::add)
        .await(shell, Duration.ofMinutes(5));
  }
}
