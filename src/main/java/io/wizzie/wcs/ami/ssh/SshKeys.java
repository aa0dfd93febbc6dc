package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Makes SSH keys, reads them, and writes them in OpenSSH's forms. */
public final class SshKeys {
  private static final String ENCRYPTED =
      "is encrypted. Load it into an SSH agent and use that, or decrypt it";

  static {
    JdkEd25519.register();
  }

  private SshKeys() {}

  /** A new ed25519 pair. */
  public static KeyPair generateEd25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime can't make ed25519 keys", e);
    }
  }

  /** The private key as an {@code OPENSSH PRIVATE KEY} file, not encrypted. */
  public static Secret privateKeyFile(KeyPair pair) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      // An empty comment: the default would be this machine's user and host name.
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "", null, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Not a key pair that OpenSSH has a form for", e);
    }
    return Secret.of(file.toByteArray());
  }

  /** The public key as a line of {@code authorized_keys}, such as {@code ssh-ed25519 AAAA…}. */
  public static String publicKeyLine(KeyPair pair) {
    return publicKeyLine(pair.getPublic());
  }

  /** The same for a public key alone; with a host name before it, it is a known_hosts line. */
  public static String publicKeyLine(PublicKey key) {
    return PublicKeyEntry.toString(key);
  }

  /** The key's fingerprint as {@code ssh-keygen -l} shows it: {@code SHA256:…}. */
  public static String fingerprint(PublicKey key) {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
  }

  /**
   * Reads a private key that isn't encrypted: OpenSSH's own form, PKCS#1, SEC 1 or PKCS#8 in PEM.
   *
   * @throws BuildException category CONFIGURATION, saying what is wrong with it; never its content
   */
  public static KeyPair parsePrivateKey(Secret key) {
    List<KeyPair> pairs = new ArrayList<>();
    try {
      Iterable<KeyPair> read =
          SecurityUtils.loadKeyPairIdentities(
              null,
              NamedResource.ofName("private key"),
              new ByteArrayInputStream(key.reveal()),
              (session, resource, retry) -> {
                throw new EncryptedKeyException();
              });
      if (read != null) {
        read.forEach(pairs::add);
      }
    } catch (EncryptedKeyException e) {
      throw unusable(ENCRYPTED, e);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // MINA reads no encrypted PKCS#8, and so never asks for its passphrase.
      if (key.revealUtf8().contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
        throw unusable(ENCRYPTED, e);
      }
      throw unusable("can't be read. It must be an OpenSSH or PEM private key file", e);
    }
    if (pairs.size() != 1) {
      throw unusable("is not one OpenSSH or PEM private key (a .pub file, perhaps?)", null);
    }
    return pairs.get(0);
  }

  private static BuildException unusable(String why, @Nullable Exception cause) {
    return Category.CONFIGURATION.failure("The SSH private key " + why + ".", cause);
  }

  /** Thrown through the parser when it asks for a passphrase. */
  private static final class EncryptedKeyException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
