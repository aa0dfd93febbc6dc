package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.Secret;
import java.security.KeyPair;

/** Makes SSH keys and writes them in OpenSSH's forms. */
public final class SshKeys {
  private SshKeys() {}

  /** A new ed25519 pair. */
  public static KeyPair generateEd25519() {
    throw new UnsupportedOperationException();
  }

  /** The private key as an {@code OPENSSH PRIVATE KEY} file, not encrypted. */
  public static Secret privateKeyFile(KeyPair pair) {
    throw new UnsupportedOperationException();
  }

  /** The public key as a line of {@code authorized_keys}, such as {@code ssh-ed25519 AAAA…}. */
  public static String publicKeyLine(KeyPair pair) {
    throw new UnsupportedOperationException();
  }
}
