package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.base.Sleeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and agents against OpenSSH's own programs. */
@Timeout(300)
class SshKeysIT {
  @TempDir Path folder;

  @Test
  void opensshReadsOurKeys() throws Exception {
    KeyPair pair = SshKeys.generateEd25519();
    Path file = write("ours", SshKeys.privateKeyFile(pair));
    assertThat(exec("ssh-keygen", "-y", "-f", file.toString()).strip())
        .isEqualTo(SshKeys.publicKeyLine(pair));
    assertThat(exec("ssh-keygen", "-l", "-E", "sha256", "-f", file.toString()))
        .startsWith("256 " + SshKeys.fingerprint(pair.getPublic()) + " ")
        .endsWith("  (ED25519)\n");
  }

  /** EC2 hands out PKCS#1 for RSA, and OpenSSH's own form for ed25519. */
  @ParameterizedTest
  @CsvSource({
    "ed25519,RFC4716",
    "rsa,PEM",
    "rsa,RFC4716",
    "rsa,PKCS8",
    "ecdsa,PEM",
    "ecdsa,RFC4716",
    "ecdsa,PKCS8"
  })
  void weReadKeysOfOpensshAndLogInWithThem(String type, String format) throws Exception {
    Path file = folder.resolve("key");
    exec("ssh-keygen", "-q", "-t", type, "-m", format, "-N", "", "-C", "", "-f", file.toString());
    String line = Files.readString(folder.resolve("key.pub")).strip();
    KeyPair pair = SshKeys.parsePrivateKey(Secret.of(Files.readAllBytes(file)));
    assertThat(SshKeys.publicKeyLine(pair)).isEqualTo(line);
    assertThat(exec("ssh-keygen", "-l", "-E", "sha256", "-f", file + ".pub"))
        .contains(SshKeys.fingerprint(pair.getPublic()));
    try (OpenSshServer server = new OpenSshServer(folder, pair.getPublic())) {
      connect(server.target(), OpenSshServer.identity(file)).close();
    }
  }

  @ParameterizedTest
  @CsvSource({"ed25519,RFC4716", "rsa,PEM", "rsa,PKCS8"})
  void saysThatAKeyIsEncrypted(String type, String format) throws Exception {
    Path file = folder.resolve("key");
    exec("ssh-keygen", "-q", "-t", type, "-m", format, "-N", "secret", "-f", file.toString());
    assertThatThrownBy(() -> SshKeys.parsePrivateKey(Secret.of(Files.readAllBytes(file))))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("is encrypted");
  }

  @ParameterizedTest
  @CsvSource({"ed25519", "rsa", "ecdsa"})
  void logsInWithAKeyOfTheAgent(String type) throws Exception {
    Path wrong = folder.resolve("wrong");
    Path right = folder.resolve("right");
    exec("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", wrong.toString());
    exec("ssh-keygen", "-q", "-t", type, "-N", "", "-f", right.toString());
    var publicKey =
        AuthorizedKeyEntry.parseAuthorizedKeyEntry(
                Files.readString(folder.resolve("right.pub")).strip())
            .resolvePublicKey(null, null);
    Path socket = folder.resolve("agent");
    Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    try (OpenSshServer server =
        new OpenSshServer(folder, publicKey, "LogLevel VERBOSE", "AllowAgentForwarding yes")) {
      awaitFile(socket);
      SshIdentity identity = new SshIdentity.Agent(socket.toString());
      assertThatThrownBy(() -> connect(server.target(), identity))
          .hasMessageContaining("holds no keys");
      addToAgent(socket, wrong);
      addToAgent(socket, right);
      try (RemoteShell shell = connect(server.target(), identity)) {
        assertThat(
                shell
                    .run(RemoteCommand.of("echo \"[$SSH_AUTH_SOCK]\"", Duration.ofSeconds(10)))
                    .stdout())
            .as("the agent is not forwarded")
            .isEqualTo("[]\n");
      }
    } finally {
      agent.destroy();
      agent.waitFor();
    }
  }

  @Test
  void saysThatTheAgentHasTooManyKeys() throws Exception {
    Path socket = folder.resolve("agent");
    Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    KeyPair missing = SshKeys.generateEd25519();
    try (OpenSshServer server = new OpenSshServer(folder, missing.getPublic())) {
      awaitFile(socket);
      for (int i = 0; i < 8; i++) {
        addToAgent(socket, write("key" + i, SshKeys.privateKeyFile(SshKeys.generateEd25519())));
      }
      assertThatThrownBy(() -> connect(server.target(), new SshIdentity.Agent(socket.toString())))
          .hasMessageContaining("key rejected")
          .hasMessageContaining("more keys than the server tries");
    } finally {
      agent.destroy();
      agent.waitFor();
    }
  }

  private static RemoteShell connect(SshTarget target, SshIdentity identity) {
    ConnectPolicy standard = ConnectPolicy.standard();
    ConnectPolicy impatient =
        new ConnectPolicy(
            Duration.ofMillis(100),
            standard.rejectedPause(),
            Duration.ZERO,
            standard.firstConnectTimeout(),
            standard.maxConnectTimeout(),
            standard.loginTimeout(),
            Duration.ofSeconds(15),
            standard.guestCommand());
    return new MinaConnector(Clock.systemUTC(), Sleeper.real(), impatient)
        .connect(target, identity, Duration.ofSeconds(20), line -> {});
  }

  private void addToAgent(Path socket, Path key) throws Exception {
    ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", key.toString());
    add.environment().put("SSH_AUTH_SOCK", socket.toString());
    succeed(add);
  }

  private static void awaitFile(Path file) throws InterruptedException, IOException {
    // Another process makes it; there is nothing to wait on but the file.
    for (int i = 0; i < 200 && !Files.exists(file); i++) {
      Sleeper.real().sleep(Duration.ofMillis(25));
    }
    assertThat(file).exists();
  }

  private Path write(String name, Secret content) throws IOException {
    Path file = folder.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.write(file, content.reveal());
  }

  private static String exec(String... command) throws Exception {
    return succeed(new ProcessBuilder(new ArrayList<>(List.of(command))));
  }

  private static String succeed(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
