package io.wizzie.wcs.ami.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.guest.PodmanGuest;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How real guests that do not get ready are told of. */
class GuestReadinessIT {
  @Test
  void namesTheModuleAndTheCommandThatCloudInitSitsIn() {
    try (PodmanGuest guest = boot("#cloud-config\nruncmd: [[sleep, '654']]\n")) {
      guest.root("until pgrep -x sleep > /dev/null; do sleep 0.2; done");

      assertThatThrownBy(() -> await(guest, Duration.ofSeconds(3)))
          .isInstanceOf(BuildException.class)
          .hasMessageContaining(
              "cloud-init did not finish in the guest within timeouts.cloudInit (3 s). ")
          .hasMessageContaining("scripts-user")
          .hasMessageContaining("sleep 654 (process ");
    }
  }

  @Test
  void showsTheErrorsOfACloudInitThatFailed() {
    try (PodmanGuest guest = boot("#cloud-config\nruncmd: [[sh, -c, 'echo oh dear; exit 7']]\n")) {
      assertThat(guest.cloudInitStatus()).isNotZero();

      assertThatThrownBy(() -> await(guest, Duration.ofMinutes(1)))
          .isInstanceOf(BuildException.class)
          .hasMessageContaining("cloud-init failed in the guest")
          .hasMessageContaining("scripts-user")
          .hasMessageContaining("oh dear");
    }
  }

  @Test
  void warnsOfUserDataThatCloudInitCouldNotRead() {
    try (PodmanGuest guest = boot("#cloud-config\npackages: [a\nruncmd: b\n")) {
      List<String> warnings = new ArrayList<>();
      new GuestReadiness(
              Clock.systemUTC(),
              event -> {
                if (event instanceof BuildEvent.Warning warning) {
                  warnings.add(warning.message());
                }
              })
          .await(guest.shell(), Duration.ofMinutes(1));

      assertThat(warnings)
          .singleElement()
          .asString()
          .containsIgnoringCase("yaml")
          .contains("[WARNING]");
    }
  }

  @Test
  void warnsOfNothingWhereAllIsWell() {
    try (PodmanGuest guest = boot("#cloud-config\nruncmd: [[echo, well]]\n")) {
      List<BuildEvent> warnings = new ArrayList<>();
      new GuestReadiness(Clock.systemUTC(), warnings::add)
          .await(guest.shell(), Duration.ofMinutes(1));

      assertThat(warnings).noneMatch(BuildEvent.Warning.class::isInstance);
    }
  }

  @Test
  void namesWhoKeepsAptsLockWhenTheTimeIsOver() {
    Duration timeout = Duration.ofMinutes(10);
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    InstantSource clock = now::get;
    try (PodmanGuest guest = boot("")) {
      guest.cloudInitStatus();
      guest.holdAptsLock();
      RemoteShell shell =
          lookedAt(guest.shell(), () -> now.set(Instant.EPOCH.plus(timeout).minusSeconds(1)));

      assertThatThrownBy(
              () ->
                  new GuestReadiness(clock.withZone(ZoneOffset.UTC), event -> {})
                      .await(shell, timeout))
          .isInstanceOf(BuildException.class)
          .hasMessageContaining(
              "did not become free in the guest within timeouts.cloudInit (600 s): "
                  + "/var/lib/dpkg/lock-frontend is held by hold-lock");
    }
  }

  /** However long a busy machine takes for what comes before, a second is left for the locks. */
  private static RemoteShell lookedAt(RemoteShell shell, Runnable beforeTheLocks) {
    return new RemoteShell() {
      @Override
      public CommandResult run(RemoteCommand command) {
        CommandResult result = shell.run(command);
        if (command.text().equals("sudo -n true")) {
          beforeTheLocks.run();
        }
        return result;
      }

      @Override
      public void close() {
        shell.close();
      }
    };
  }

  private static PodmanGuest boot(String userData) {
    return PodmanGuest.boot("i-unready", userData.getBytes(StandardCharsets.UTF_8));
  }

  private static void await(PodmanGuest guest, Duration timeout) {
    new GuestReadiness(Clock.systemUTC(), event -> {}).await(guest.shell(), timeout);
  }
}
