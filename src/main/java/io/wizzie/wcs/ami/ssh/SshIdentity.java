package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.Secret;

/** What a login proves itself with. */
public sealed interface SshIdentity {
  /** A private key in PEM or OpenSSH form, not encrypted. */
  record PrivateKey(Secret key) implements SshIdentity {}

  /** The keys of the agent behind {@code SSH_AUTH_SOCK}; {@code socket} is its path. */
  record Agent(String socket) implements SshIdentity {}
}
