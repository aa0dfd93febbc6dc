package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.CapacityFallback;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.LaunchRequest;
import io.wizzie.wcs.ami.ec2.ProjectTags;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.ec2.TrialRequest;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Launches instances of a finished image. All they need is removed at the build's end. */
final class TrialInstances {
  private final BuildSession session;
  private final BuildSpec spec;
  private final Ec2Verbs ec2;

  TrialInstances(BuildSession session) {
    this.session = session;
    this.spec = session.spec();
    this.ec2 = session.ec2();
  }

  /**
   * Makes what is needed to get into them.
   *
   * @param ports that a temporary group admits besides SSH, from where it admits that
   * @throws BuildException category CONFIGURATION when there is no subnet or no key; category EC2
   */
  TrialAccess access(List<Integer> ports) {
    SshIdentity existing = ExistingKey.of(spec.ssh(), session.parts().sshAgentSocket());
    List<BuilderSubnet> subnets = ec2.subnets().resolve(spec.builder());
    BuilderSubnet first = subnets.get(0);
    ProjectTags tags = session.tags();
    // The builder's own are named after the build alone.
    LoginAccess login =
        new TemporaryAccess(session, session.uniqueName() + "-trial")
            .grant(
                first.vpcId(),
                existing,
                ports,
                () -> new SourceCidrs(spec, session.parts().operatorAddress()).choose(first),
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
            spec.builder().associatePublicIpAddress(),
            userData == null
                ? null
                : LaunchRequest.encode(userData.getBytes(StandardCharsets.UTF_8)),
            access.tags());
    String instanceId =
        new CapacityFallback(session.events()::progress)
            .launch(
                types,
                access.subnets(),
                (type, subnet, number) -> {
                  String token = session.uniqueName() + "-" + name + "-" + number;
                  return session
                      .creations()
                      .create(
                          session.resources().instance(),
                          "client-token",
                          token,
                          () -> ec2.instances().run(request, type, subnet.subnetId(), token));
                });
    Login login = session.login(instanceId, access.login().identity(), null);
    return new TrialInstance(instanceId, ec2.instances(), spec.builder().launchTimeout(), login);
  }
}
