package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ec2.KeyPairs.NewKeyPair;
import io.wizzie.wcs.ami.ec2.ProjectTags;
import io.wizzie.wcs.ami.ec2.SecurityGroups;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes key pairs and security groups that last as long as an instance or two.
 *
 * @param name unique in the account, of both
 */
record TemporaryAccess(BuildSession session, String name) {
  /**
   * The key pair and the groups that the configuration names, and what it does not name, made.
   *
   * @param existing identity of the configuration's own key pair; null when there is none
   * @param ports that a group admits besides SSH
   * @param sourceCidrs asked for when a group is made
   */
  LoginAccess grant(
      String vpcId,
      @Nullable SshIdentity existing,
      List<Integer> ports,
      Supplier<List<String>> sourceCidrs,
      ProjectTags tags) {
    List<String> groups = session.spec().builder().securityGroupIds();
    if (groups.isEmpty()) {
      groups = List.of(group(vpcId, ports, sourceCidrs.get(), tags));
    }
    String keyName = session.spec().ssh().keyName();
    if (existing != null && keyName != null) {
      return new LoginAccess(keyName, existing, false, groups);
    }
    NewKeyPair made = keyPair(tags);
    return new LoginAccess(
        made.name(), new SshIdentity.PrivateKey(made.privateKey()), true, groups);
  }

  private NewKeyPair keyPair(ProjectTags tags) {
    NewKeyPair made =
        session
            .ec2()
            .keyPairs()
            .create(
                name,
                session.spec().ssh().keyType(),
                tags.temporary(),
                (tried, call) ->
                    session.create(session.resources().keyPair(), "key-name", tried, call));
    session.events().secret(made.privateKey().revealUtf8());
    return made;
  }

  private String group(
      String vpcId, List<Integer> ports, List<String> sourceCidrs, ProjectTags tags) {
    SecurityGroups groups = session.ec2().securityGroups();
    String groupId =
        session.create(
            session.resources().securityGroup(),
            "group-name",
            name,
            () -> groups.create(name, vpcId, session.buildId().value(), tags.temporary()));
    SortedSet<Integer> admitted = new TreeSet<>(ports);
    admitted.add(session.spec().ssh().port());
    admitted.forEach(port -> groups.authorize(groupId, port, sourceCidrs, tags.temporary()));
    return groupId;
  }
}
