package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.KeyPairs.NewKeyPair;
import io.wizzie.wcs.ami.ec2.ProjectTags;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes key pairs and security groups that last as long as an instance or two.
 *
 * @param name unique in the account, of both
 */
record TemporaryAccess(
    BuildSpec spec,
    BuildId buildId,
    String name,
    Ec2Verbs ec2,
    ResourceTracker creations,
    Resources resources,
    EventStream events) {

  NewKeyPair keyPair(ProjectTags tags) {
    NewKeyPair made =
        ec2.keyPairs()
            .create(
                name,
                spec.ssh().keyType(),
                tags.temporary(),
                (tried, call) -> creations.create(resources.keyPair(), "key-name", tried, call));
    events.secret(made.privateKey().revealUtf8());
    return made;
  }

  /** A group that admits these ranges to SSH and to further ports; its ID. */
  String group(String vpcId, List<Integer> ports, List<String> sourceCidrs, ProjectTags tags) {
    String groupId =
        creations.create(
            resources.securityGroup(),
            "group-name",
            name,
            () -> ec2.securityGroups().create(name, vpcId, buildId.value(), tags.temporary()));
    SortedSet<Integer> admitted = new TreeSet<>(ports);
    admitted.add(spec.ssh().port());
    admitted.forEach(
        port -> ec2.securityGroups().authorize(groupId, port, sourceCidrs, tags.temporary()));
    return groupId;
  }
}
