package io.wizzie.wcs.ami.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.config.BootstrapSpec;
import io.wizzie.wcs.ami.config.reader.SpecFixture;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.guest.PodmanGuest;
import io.wizzie.wcs.ami.guest.PodmanShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The life of an image in real guests: readiness, hook, cleaning, the first boot of an instance;
 * with a program in chef-solo's place.
 */
class BootstrapHookIT {
  private static final String STAGING = "/root/.wcs-ami";
  private static final String SOLO = "/opt/cinc/bin/chef-solo";

  private final List<BuildEvent> events = new ArrayList<>();

  @Test
  void anInstanceOfACleanedGuestConvergesOnceAtItsFirstBoot() throws IOException {
    try (PodmanGuest builder = PodmanGuest.boot("i-builder", new byte[0])) {
      installHook(builder, Duration.ofMinutes(2));
      builder.program(SOLO, "#!/bin/sh\necho \"args: $*\"; echo \"$HOME $PATH\"; pwd; exit 0\n");
      leaveTraces(builder);
      PodmanShell shell = builder.shell();

      List<String> report =
          new GuestCleaning(Clock.systemUTC(), events::add).run(shell, Duration.ofMinutes(2));

      assertThat(shell.isClosed()).isTrue();
      assertThat(report)
          .contains(
              "found staging 2: /root/.wcs-ami /root/.wcs-ami-new.abc",
              "removed staging 2: /root/.wcs-ami /root/.wcs-ami-new.abc")
          .contains("kept bootstrap hook", "clean ended with 0")
          .anyMatch(line -> line.startsWith("found authorized_keys 2: "))
          .noneMatch(line -> line.startsWith("still there"));
      assertClean(builder);

      try (PodmanGuest instance = builder.bootImage("i-instance")) {
        assertThat(instance.cloudInitStatus()).isZero();
        JsonNode status = status(instance);
        assertThat(status.path("state").asText()).isEqualTo("converged");
        assertThat(status.path("exitCode").asInt(-1)).isZero();
        assertThat(status.path("instanceId").asText()).isEqualTo("i-instance");
        assertThat(status.path("attempts").asInt()).isEqualTo(1);
        assertThat(instance.root("cat /var/log/wcs/bootstrap.log"))
            .contains(
                "args: --config /usr/local/etc/wcs/ami/chef_conf/solo.rb",
                "/root /usr/local/sbin:",
                "/var/lib/wcs-ami/chef");
        assertThat(instance.root("wcs-bootstrap status")).contains("WCS bootstrap: converged");
        assertThat(instance.root("ls /etc/ssh/ssh_host_* | wc -l")).isNotEqualTo("0");
        assertThat(instance.root("sudo -u admin sudo -n id -u")).isEqualTo("0");
        assertThat(instance.root("systemctl is-enabled wcs-bootstrap-resume.service || true"))
            .isEqualTo("disabled");
      }
    }
  }

  @Test
  void aFailedBootstrapShowsInCloudInitAndCanBeRetried() throws IOException {
    try (PodmanGuest guest = PodmanGuest.boot("i-first", new byte[0])) {
      installHook(guest, Duration.ofMinutes(2));
      guest.program(
          SOLO,
          """
          #!/bin/sh
          [ ! -e /root/mended ] || exit 0
          cat <<'END'
              %1$s
              Error executing action `create` on resource 'file[/x "y"]'
              %1$s
          [2026-03-04T05:06:07+00:00] FATAL: RuntimeError: file[/x "y"] (t::default line 1) had an error: RuntimeError: no
          END
          exit 1
          """
              .formatted("=".repeat(80)));
      try (PodmanGuest instance = guest.bootImage("i-second")) {
        assertThat(instance.cloudInitStatus()).isEqualTo(1);
        JsonNode failed = status(instance);
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.path("exitCode").asInt()).isEqualTo(1);
        assertThat(failed.path("failingResource").asText())
            .isEqualTo("file[/x \"y\"] (action create)");
        assertThat(failed.path("reason").asText())
            .isEqualTo("chef-solo ended with exit code 1: RuntimeError: no");
        assertThat(instance.root("wcs-bootstrap status || echo exit $?"))
            .contains("failing resource: file[/x", "sudo wcs-bootstrap retry", "exit 1");

        instance.root("touch /root/mended && wcs-bootstrap retry");

        assertThat(status(instance).path("state").asText()).isEqualTo("converged");
        assertThat(status(instance).path("attempts").asInt()).isEqualTo(2);
        assertThat(status(instance).path("failingResource").isNull()).isTrue();
      }
    }
  }

  @Test
  void aBootstrapThatTakesTooLongIsEndedAndARebootContinuesOne() throws IOException {
    try (PodmanGuest guest = PodmanGuest.boot("i-first", new byte[0])) {
      installHook(guest, Duration.ofSeconds(3));
      guest.program(SOLO, "#!/bin/sh\nsleep 600\n");
      assertThat(guest.root("wcs-bootstrap retry || echo exit $?")).contains("exit 1");
      JsonNode timedOut = status(guest);
      assertThat(timedOut.path("state").asText()).isEqualTo("failed");
      assertThat(timedOut.path("reason").asText()).isEqualTo("did not finish within 3 seconds");
      assertThat(guest.root("pgrep -f 'sleep 60[0]' || true")).isEmpty();

      guest.program(SOLO, "#!/bin/sh\n[ ! -e /root/up ] || exit 0\ntouch /root/up; exit 35\n");
      assertThat(guest.root("wcs-bootstrap retry")).contains("goes on after a reboot");
      assertThat(status(guest).path("state").asText()).isEqualTo("rebooting");

      // The next boot of the same instance: its hook does not run again, the resume unit does.
      try (PodmanGuest rebooted = guest.bootImage("i-first")) {
        rebooted.cloudInitStatus();
        rebooted.root(
            "for i in $(seq 50); do wcs-bootstrap status > /dev/null && break; sleep 0.2; done");
        assertThat(status(rebooted).path("state").asText()).isEqualTo("converged");
        assertThat(status(rebooted).path("attempts").asInt()).isEqualTo(3);
      }
    }
  }

  @Test
  void aRebootThatInterruptsTheBootstrapIsNoFailure() throws IOException {
    try (PodmanGuest guest = PodmanGuest.boot("i-first", new byte[0])) {
      installHook(guest, Duration.ofMinutes(2));
      guest.program(
          SOLO,
          """
          #!/bin/sh
          [ ! -e /root/up ] || exit 0
          touch /root/up
          systemctl --no-block reboot
          sleep 60
          exit 35
          """);
      guest.root("systemctl --no-block start wcs-bootstrap.service");
      assertThat(guest.awaitEnd(Duration.ofMinutes(3))).isTrue();

      guest.reconnect().close();

      guest.root(
          "for i in $(seq 100); do wcs-bootstrap status > /dev/null && break; sleep 0.2; done");
      assertThat(status(guest).path("state").asText()).isEqualTo("converged");
      assertThat(status(guest).path("attempts").asInt()).isEqualTo(2);
    }
  }

  @Test
  void readinessWaitsForCloudInitAndForTheHolderOfAptsLock() {
    try (PodmanGuest guest = PodmanGuest.boot("i-ready", new byte[0])) {
      guest.holdAptsLock();
      Consumer<BuildEvent> releaseWhenSeen =
          event -> {
            events.add(event);
            if (event instanceof BuildEvent.Progress seen && seen.message().contains("held by")) {
              guest.root("touch /run/release");
            }
          };

      GuestReadiness.GuestSystem system =
          new GuestReadiness(Clock.systemUTC(), releaseWhenSeen)
              .await(guest.shell(), Duration.ofMinutes(2));

      assertThat(system.id()).isEqualTo("debian");
      assertThat(system.versionId()).isEqualTo("12");
      assertThat(system.prettyName()).startsWith("Debian GNU/Linux 12");
      assertThat(events)
          .filteredOn(event -> event instanceof BuildEvent.Progress)
          .map(event -> ((BuildEvent.Progress) event).message())
          .anyMatch(text -> text.contains("/var/lib/dpkg/lock-frontend is held by hold-lock"));

      guest.root("rm /etc/sudoers.d/90-cloud-init-users; gpasswd -d admin sudo || true");
      assertThatThrownBy(
              () ->
                  new GuestReadiness(Clock.systemUTC(), events::add)
                      .await(guest.shell(), Duration.ofMinutes(2)))
          .isInstanceOf(BuildException.class)
          .hasMessageContaining("sudo without a password");
    }
  }

  private void installHook(PodmanGuest guest, Duration timeout) {
    assertThat(guest.cloudInitStatus()).isZero();
    guest.root(
        String.format(
            "mkdir -p -m 0700 %1$s/bootstrap/cookbooks/one && cd %1$s/bootstrap"
                + " && echo \"name 'one'\" > cookbooks/one/metadata.rb"
                + " && echo > solo.rb && echo '{}' > node.json",
            STAGING));
    new BootstrapHook(Clock.systemUTC(), events::add)
        .install(
            guest.shell(),
            STAGING,
            SOLO,
            SpecFixture.with(
                SpecFixture.of(BootstrapSpec.class, "{logFile: '/var/log/wcs/bootstrap.log'}"),
                "timeout",
                timeout));
  }

  private static void leaveTraces(PodmanGuest builder) {
    builder.root(
        """
        mkdir -p /root/.ssh /home/admin/.ssh /etc/docker /var/lib/docker /etc/iscsi
        echo key > /root/.ssh/authorized_keys
        echo key > /home/admin/.ssh/authorized_keys
        echo ls > /root/.bash_history
        echo ls > '/home/admin/.bash_history'
        touch /tmp/left '/tmp/with a space' /tmp/.hidden /var/tmp/left
        echo '{}' > /etc/docker/key.json
        echo id > /var/lib/docker/engine-id
        echo InitiatorName=iqn.x > /etc/iscsi/initiatorname.iscsi
        echo log > /var/log/old.log; echo log > /var/log/old.log.1
        mkdir -p /var/chef/cache /etc/chef/accepted_licenses /root/.wcs-ami-new.abc
        echo dump > /core; echo dump > /core.123; echo mine > /core-values
        """);
  }

  private static void assertClean(PodmanGuest builder) {
    assertThat(
            builder.root(
                """
                ls -A /root/.ssh /home/admin/.ssh /tmp /var/tmp /var/lib/cloud/seed 2>/dev/null |
                  grep -v -e ':$' -e '^$'
                ls -d /etc/ssh/ssh_host_* /root/.bash_history /home/admin/.bash_history \
                  /etc/docker/key.json /var/lib/docker/engine-id /root/.wcs-ami* /var/chef \
                  /etc/chef/accepted_licenses /core /core.123 \
                  /etc/sudoers.d/90-cloud-init-users /var/log/old.log.1 /var/lib/wcs-ami \
                  /var/lib/systemd/random-seed /var/lib/cloud/instance /var/lib/cloud/data \
                  2>/dev/null
                cat /etc/machine-id
                find /var/log -xdev -type f -size +0
                true
                """))
        .isEmpty();
    assertThat(builder.root("cat /etc/iscsi/initiatorname.iscsi")).isEqualTo("GenerateName=yes");
    assertThat(builder.root("passwd -S root | cut -d ' ' -f 2")).isEqualTo("L");
    assertThat(builder.root("ls /var/lib/cloud/scripts/per-instance")).isEqualTo("wcs-bootstrap");
  }

  private static JsonNode status(PodmanGuest guest) throws IOException {
    return new ObjectMapper()
        .readTree(
            guest.root("cat /var/lib/wcs-ami/bootstrap.json").getBytes(StandardCharsets.UTF_8));
  }
}
