package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.security.PublicKey;
import java.util.List;

/**
 * How the builder will be reached.
 *
 * @param hostKey that the builder will present
 * @param hostKeyLine the same as OpenSSH writes it
 * @param userData base64-encoded, hands the host key over
 * @param temporaryKey whether the key pair exists for this build only
 */
record BuilderAccess(
    String keyName,
    SshIdentity identity,
    boolean temporaryKey,
    List<String> groupIds,
    PublicKey hostKey,
    String hostKeyLine,
    Secret userData) {
  BuilderAccess {
    groupIds = List.copyOf(groupIds);
  }
}
