package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.KeyPairs.NewKeyPair;
import io.wizzie.wcs.ami.ec2.ProjectTags;
import io.wizzie.wcs.ami.spec.BuildSpec;
import java.util.List;

/**
 * Makes key pairs and security groups that last as long as one instance.
 *
 * @param name unique in the account, of both
 */
record TemporaryAccess(
    BuildSpec spec,
    BuildId buildId,
    String name,
    Ec2Verbs ec2,
    Creations creations,
    Resources resources) {

  NewKeyPair keyPair(ProjectTags tags) {
    return ec2.keyPairs()
        .create(
            name,
            spec.ssh().keyType(),
            tags.temporary(),
            (tried, call) -> creations.create(resources.keyPair(), "key-name", tried, call));
  }

  /** A group that admits SSH from these ranges; its ID. */
  String group(String vpcId, List<String> sourceCidrs, ProjectTags tags) {
    String groupId =
        creations.create(
            resources.securityGroup(),
            "group-name",
            name,
            () -> ec2.securityGroups().create(name, vpcId, buildId.value(), tags.temporary()));
    ec2.securityGroups().authorize(groupId, spec.ssh().port(), sourceCidrs, tags.temporary());
    return groupId;
  }
}
