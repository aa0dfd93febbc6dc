package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.KeyPairs.NewKeyPair;
import io.wizzie.wcs.ami.ec2.LaunchRequest;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.security.KeyPair;
import java.util.List;

/** Makes what is needed to get into the builder: key pair, security group, host key. */
final class AccessStage {
  private final BuildSpec spec;
  private final GuestSteps guest;
  private final TemporaryAccess temporary;

  AccessStage(BuildSpec spec, GuestSteps guest, TemporaryAccess temporary) {
    this.spec = spec;
    this.guest = guest;
    this.temporary = temporary;
  }

  BuilderAccess run(BuildPlan plan) {
    // First what can fail without anything left to remove.
    KeyPair hostKey = guest.newHostKey();
    Secret userData = LaunchRequest.encode(guest.userData(hostKey));
    List<String> groupIds =
        spec.builder().securityGroupIds().isEmpty()
            ? List.of(
                temporary.group(
                    plan.subnets().get(0).vpcId(), List.of(), plan.sourceCidrs(), plan.tags()))
            : spec.builder().securityGroupIds();
    SshIdentity identity = plan.identity();
    String keyName = spec.ssh().keyName();
    if (identity != null && keyName != null) {
      return new BuilderAccess(
          keyName,
          identity,
          false,
          groupIds,
          hostKey.getPublic(),
          guest.publicKeyLine(hostKey),
          userData);
    }
    NewKeyPair made = temporary.keyPair(plan.tags());
    return new BuilderAccess(
        made.name(),
        new SshIdentity.PrivateKey(made.privateKey()),
        true,
        groupIds,
        hostKey.getPublic(),
        guest.publicKeyLine(hostKey),
        userData);
  }
}
