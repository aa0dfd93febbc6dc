package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.util.List;
import java.util.Map;

/**
 * How instances of a finished image are reached: a key pair and a group of their own, which know
 * nothing of the builder's, or the ones that the configuration names.
 */
record TrialAccess(
    String keyName,
    SshIdentity identity,
    List<String> groupIds,
    List<BuilderSubnet> subnets,
    Map<String, String> tags) {
  TrialAccess {
    groupIds = List.copyOf(groupIds);
    subnets = List.copyOf(subnets);
    tags = Map.copyOf(tags);
  }
}
