package io.wizzie.wcs.ami.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.guest.PodmanGuest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user data as a real cloud-init takes it. */
class BuilderUserDataIT {
  @TempDir Path folder;

  @Test
  void cloudInitTakesHostKeySelfTerminationAndTheUsersPart() throws Exception {
    Path user =
        Files.writeString(
            folder.resolve("user.cfg"),
            """
            #cloud-config
            bootcmd: [touch /root/users-bootcmd]
            ssh_keys: {ed25519_private: "not ours"}
            write_files: [{path: /root/grüße, content: "ä"}]
            """);
    Path key = hostKey();
    byte[] userData =
        BuilderUserData.render(
            Builders.withUserData(user),
            Files.readString(key),
            Files.readString(Path.of(key + ".pub")).strip());

    try (PodmanGuest guest = PodmanGuest.boot("i-builder", userData)) {
      assertThat(guest.cloudInitStatus()).isZero();
      assertThat(guest.root("cat /etc/ssh/ssh_host_ed25519_key"))
          .isEqualTo(Files.readString(key).strip());
      assertThat(guest.root("ls /etc/ssh/ssh_host_*"))
          .isEqualTo("/etc/ssh/ssh_host_ed25519_key\n/etc/ssh/ssh_host_ed25519_key.pub");
      assertThat(guest.root("ls /root; cat /root/gr*")).contains("users-bootcmd", "grüße", "ä");

      assertThat(guest.root("systemctl is-active wcs-ami-builder-lifetime.timer"))
          .isEqualTo("active");
      assertThat(guest.root("systemctl list-timers --no-pager wcs-ami-builder-lifetime.timer"))
          .containsPattern("1h 5\\dmin|2h");
      assertThat(guest.root("systemctl is-enabled apt-daily.timer || true"))
          .isEqualTo("masked-runtime");
      assertThat(guest.root("systemctl is-active apt-daily.timer || true")).isEqualTo("inactive");
      assertThat(guest.root("find /etc/systemd -lname /dev/null -name 'apt-*'")).isEmpty();

      guest.root("systemctl --no-block start wcs-ami-builder-lifetime.service");
      assertThat(guest.awaitEnd(Duration.ofMinutes(3))).isTrue();
    }
  }

  private Path hostKey() throws IOException, InterruptedException {
    Path key = folder.resolve("key");
    new ProcessBuilder(
            "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key.toString())
        .inheritIO()
        .start()
        .waitFor();
    return key;
  }
}
