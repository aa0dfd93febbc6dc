package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.base.Secret;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.KeyPairs.NewKeyPair;
import io.wizzie.wcs.ami.ec2.LaunchRequest;
import io.wizzie.wcs.ami.spec.BuildSpec;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.security.KeyPair;
import java.util.List;

/** Makes what is needed to get into the builder: key pair, security group, host key. */
final class AccessStage {
  private final BuildSpec spec;
  private final BuildId buildId;
  private final Ec2Verbs ec2;
  private final GuestSteps guest;
  private final Creations creations;
  private final Resources resources;

  AccessStage(
      BuildSpec spec,
      BuildId buildId,
      Ec2Verbs ec2,
      GuestSteps guest,
      Creations creations,
      Resources resources) {
    this.spec = spec;
    this.buildId = buildId;
    this.ec2 = ec2;
    this.guest = guest;
    this.creations = creations;
    this.resources = resources;
  }

  BuilderAccess run(BuildPlan plan) {
    // First what can fail without anything left to remove.
    KeyPair hostKey = guest.newHostKey();
    Secret userData = LaunchRequest.encode(guest.userData(hostKey));
    List<String> groupIds =
        spec.builder().securityGroupIds().isEmpty()
            ? List.of(temporaryGroup(plan))
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
    NewKeyPair made = temporaryKeyPair(plan);
    return new BuilderAccess(
        made.name(),
        new SshIdentity.PrivateKey(made.privateKey()),
        true,
        groupIds,
        hostKey.getPublic(),
        guest.publicKeyLine(hostKey),
        userData);
  }

  private NewKeyPair temporaryKeyPair(BuildPlan plan) {
    return ec2.keyPairs()
        .create(
            buildId.value(),
            spec.ssh().keyType(),
            plan.tags().temporary(),
            (name, call) -> creations.create(resources.keyPair(), "key-name", name, call));
  }

  private String temporaryGroup(BuildPlan plan) {
    String groupId =
        creations.create(
            resources.securityGroup(),
            "group-name",
            buildId.value(),
            () ->
                ec2.securityGroups()
                    .create(
                        buildId.value(),
                        plan.subnets().get(0).vpcId(),
                        buildId.value(),
                        plan.tags().temporary()));
    ec2.securityGroups()
        .authorize(groupId, spec.ssh().port(), plan.sourceCidrs(), plan.tags().temporary());
    return groupId;
  }
}
