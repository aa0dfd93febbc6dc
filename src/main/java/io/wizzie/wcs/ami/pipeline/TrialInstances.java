package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.CapacityFallback;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.KeyPairs.NewKeyPair;
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
  private final BuildSpec spec;
  private final BuildId buildId;
  private final BuildParts parts;
  private final BuildSession workshop;
  private final Ec2Verbs ec2;

  TrialInstances(BuildSpec spec, BuildId buildId, BuildParts parts, BuildSession workshop) {
    this.spec = spec;
    this.buildId = buildId;
    this.parts = parts;
    this.workshop = workshop;
    this.ec2 = workshop.ec2();
  }

  /**
   * Makes the way into them.
   *
   * @param ports that a temporary group admits besides SSH, from where it admits that
   * @throws BuildException category CONFIGURATION when there is no subnet or no key; category EC2
   */
  TrialAccess access(List<Integer> ports) {
    SshIdentity existing = ExistingKey.of(spec.ssh(), parts.sshAgentSocket());
    List<BuilderSubnet> subnets = ec2.subnets().resolve(spec.builder());
    ProjectTags tags =
        new ProjectTags(
            buildId.value(),
            parts.clock().instant().plus(spec.builder().lifetime()),
            spec.builder().tags());
    // The builder's own are named after the build alone.
    TemporaryAccess temporary =
        new TemporaryAccess(
            spec,
            buildId,
            workshop.uniqueName() + "-trial",
            ec2,
            workshop.creations(),
            workshop.resources(),
            workshop.events());
    List<String> groups = spec.builder().securityGroupIds();
    if (groups.isEmpty()) {
      BuilderSubnet first = subnets.get(0);
      List<String> cidrs = new SourceCidrs(spec, parts.operatorAddress()).choose(first);
      groups = List.of(temporary.group(first.vpcId(), ports, cidrs, tags));
    }
    String keyName = spec.ssh().keyName();
    if (existing != null && keyName != null) {
      return new TrialAccess(keyName, existing, groups, subnets, tags.temporary());
    }
    NewKeyPair made = temporary.keyPair(tags);
    return new TrialAccess(
        made.name(),
        new SshIdentity.PrivateKey(made.privateKey()),
        groups,
        subnets,
        tags.temporary());
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
            access.keyName(),
            access.groupIds(),
            spec.builder().associatePublicIpAddress(),
            userData == null
                ? null
                : LaunchRequest.encode(userData.getBytes(StandardCharsets.UTF_8)),
            access.tags());
    String instanceId =
        new CapacityFallback(workshop.events()::progress)
            .launch(
                types,
                access.subnets(),
                (type, subnet, number) -> {
                  String token = workshop.uniqueName() + "-" + name + "-" + number;
                  return workshop
                      .creations()
                      .create(
                          workshop.resources().instance(),
                          "client-token",
                          token,
                          () -> ec2.instances().run(request, type, subnet.subnetId(), token));
                });
    Login login =
        new Login(
            spec.ssh(),
            spec.timeouts(),
            access.identity(),
            null,
            ec2.instances(),
            instanceId,
            parts.connector(),
            workshop.events()::progress);
    return new TrialInstance(instanceId, ec2.instances(), spec.builder().launchTimeout(), login);
  }
}
