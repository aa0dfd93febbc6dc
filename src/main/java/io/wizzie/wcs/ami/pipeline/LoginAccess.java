package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.util.List;

/**
 * The key pair and the groups by which an instance is reached.
 *
 * @param temporaryKey whether the key pair exists for this build only
 */
record LoginAccess(
    String keyName, SshIdentity identity, boolean temporaryKey, List<String> groupIds) {
  LoginAccess {
    groupIds = List.copyOf(groupIds);
  }
}
