package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.ec2.Instances;
import io.wizzie.wcs.ami.ec2.LaunchRequest;
import io.wizzie.wcs.ami.ec2.ProjectTags;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.ec2.TrialRequest;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Launches instances of a finished image. All they need is removed at the build's end. */
record TrialInstances(BuildSession session) {
  /**
   * How instances of a finished image are reached and tagged: by a key pair and a group of their
   * own, which know nothing of the builder's, or by the ones that the configuration names.
   */
  record TrialAccess(LoginAccess login, List<BuilderSubnet> subnets, Map<String, String> tags) {
    TrialAccess {
      subnets = List.copyOf(subnets);
      tags = Map.copyOf(tags);
    }
  }

  /**
   * Makes what is needed to get into them.
   *
   * @param ports that a temporary group admits besides SSH, from where it admits that
   * @throws BuildException category CONFIGURATION when there is no subnet or no key; category EC2
   */
  TrialAccess access(List<Integer> ports) {
    SshIdentity existing = ExistingKey.of(session.spec().ssh(), session.parts().sshAgentSocket());
    List<BuilderSubnet> subnets = session.ec2().subnets().resolve(session.spec().builder());
    BuilderSubnet first = subnets.get(0);
    ProjectTags tags = session.tags();
    // The builder's own are named after the build alone.
    LoginAccess login =
        new TemporaryAccess(session, session.uniqueName() + "-trial")
            .grant(
                first.vpcId(),
                existing,
                ports,
                () ->
                    new SourceCidrs(session.spec(), session.parts().operatorAddress())
                        .choose(first),
                tags);
    return new TrialAccess(login, subnets, tags.temporary());
  }

  /**
   * Launches an instance, without waiting until it runs.
   *
   * @param name tells it from others of the same build
   * @param types instance types, the next for when EC2 has no capacity for one
   * @param userData of a buyer's own; null for none
   * @throws BuildException category EC2
   */
  TrialInstance launch(
      SourceImage image,
      TrialAccess access,
      String name,
      List<String> types,
      @Nullable String userData) {
    TrialRequest request =
        new TrialRequest(
            image,
            access.login().keyName(),
            access.login().groupIds(),
            session.spec().builder().associatePublicIpAddress(),
            userData == null
                ? null
                : LaunchRequest.encode(userData.getBytes(StandardCharsets.UTF_8)),
            access.tags());
    Instances instances = session.ec2().instances();
    String instanceId =
        session.launch(
            types,
            access.subnets(),
            session.uniqueName() + "-" + name,
            (type, subnetId, token) -> instances.run(request, type, subnetId, token));
    Login login = session.login(instanceId, access.login().identity(), null);
    return new TrialInstance(session, instanceId, login);
  }
}
