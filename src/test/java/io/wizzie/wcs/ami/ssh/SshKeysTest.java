package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshKeysTest {
  @Test
  void makesADifferentKeyEachTime() {
    assertThat(SshKeys.publicKeyLine(SshKeys.generateEd25519()))
        .startsWith("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI")
        .isNotEqualTo(SshKeys.publicKeyLine(SshKeys.generateEd25519()));
  }

  @Test
  void readsThePrivateKeyFileThatItWrote() {
    KeyPair pair = SshKeys.generateEd25519();
    Secret file = SshKeys.privateKeyFile(pair);
    assertThat(file.revealUtf8())
        .startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n")
        .endsWith("-----END OPENSSH PRIVATE KEY-----\n");
    assertSame(SshKeys.parsePrivateKey(file), pair);
  }

  @Test
  void namesNeitherThisMachineNorItsUserInAKeyFile() {
    String body =
        SshKeys.privateKeyFile(SshKeys.generateEd25519())
            .revealUtf8()
            .replaceAll("-----[A-Z ]+-----|\\s", "");
    String content = new String(Base64.getDecoder().decode(body), StandardCharsets.ISO_8859_1);
    assertThat(content).doesNotContain(System.getProperty("user.name") + "@");
  }

  @Test
  void showsTheFingerprintThatSshKeygenShows() throws Exception {
    // A key and what `ssh-keygen -l` says of it.
    PublicKey key =
        AuthorizedKeyEntry.parseAuthorizedKeyEntry(
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl")
            .resolvePublicKey(null, null);
    assertThat(SshKeys.fingerprint(key))
        .isEqualTo("SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "Ed25519"})
  void readsPkcs8(String algorithm) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    assertSame(SshKeys.parsePrivateKey(pkcs8(pair)), pair);
  }

  @Test
  void asksForAnAgentWhenTheKeyIsEncrypted() throws Exception {
    OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
    encryption.setPassword("secret");
    encryption.setCipherName("AES");
    encryption.setCipherType("256");
    encryption.setCipherMode("CTR");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
        SshKeys.generateEd25519(), "", encryption, file);
    assertUnusable(Secret.of(file.toByteArray()), "encrypted");
  }

  @Test
  void refusesWhatIsNoPrivateKeyWithoutShowingIt() {
    assertUnusable(Secret.ofUtf8(""), "not one");
    assertUnusable(Secret.ofUtf8("top secret, but not a key\n"), "not one");
    assertUnusable(Secret.ofUtf8(SshKeys.publicKeyLine(SshKeys.generateEd25519())), "not one");
    assertUnusable(
        Secret.ofUtf8(
            "-----BEGIN OPENSSH PRIVATE KEY-----\nYWJj\n-----END OPENSSH PRIVATE KEY-----"),
        "can't be read");
  }

  private static void assertUnusable(Secret key, String why) {
    assertThatThrownBy(() -> SshKeys.parsePrivateKey(key))
        .isInstanceOfSatisfying(
            BuildException.class,
            e -> assertThat(e.category()).isEqualTo(BuildException.Category.CONFIGURATION))
        .hasMessageContaining(why)
        .hasMessageNotContaining("top secret");
  }

  private static void assertSame(KeyPair one, KeyPair other) {
    assertThat(SshKeys.publicKeyLine(one)).isEqualTo(SshKeys.publicKeyLine(other));
    assertThat(one.getPrivate().getEncoded()).isEqualTo(other.getPrivate().getEncoded());
  }

  private static Secret pkcs8(KeyPair pair) {
    return Secret.ofUtf8(
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }
}
