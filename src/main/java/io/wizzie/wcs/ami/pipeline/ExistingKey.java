package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.config.SshSpec;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The user's own key pair, where the configuration names one. */
final class ExistingKey {
  static final String NO_AGENT =
      "is true, but no SSH agent runs (SSH_AUTH_SOCK is not set); start one, or set"
          + " ssh.privateKeyFile.";

  private ExistingKey() {}

  /**
   * The identity that the configuration names.
   *
   * @param agentSocket null when there is no agent
   * @return null when a temporary key pair is to be made
   * @throws BuildException category CONFIGURATION when it can't be had
   */
  static @Nullable SshIdentity of(SshSpec ssh, @Nullable String agentSocket) {
    if (ssh.keyName() == null) {
      return null;
    }
    Path file = ssh.privateKeyFile();
    if (file != null) {
      try {
        return new SshIdentity.PrivateKey(Secret.of(Files.readAllBytes(file)));
      } catch (IOException failed) {
        throw Category.CONFIGURATION.failure("ssh.privateKeyFile can't be read: " + failed, failed);
      }
    }
    if (agentSocket == null) {
      throw Category.CONFIGURATION.failure("ssh.agent: " + NO_AGENT);
    }
    return new SshIdentity.Agent(agentSocket);
  }
}
