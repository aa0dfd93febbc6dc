package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.ec2.CapacityFallback;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.KeyPairs.NewKeyPair;
import io.wizzie.wcs.ami.ec2.LaunchRequest;
import io.wizzie.wcs.ami.ec2.ProjectTags;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.ec2.Subnets.BuilderSubnet;
import io.wizzie.wcs.ami.spec.BuildSpec;
import io.wizzie.wcs.ami.ssh.HostKeyReader;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import io.wizzie.wcs.ami.ssh.SshKeys;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;

/**
 * An instance of an image such as a buyer launches: without user data, volumes or a profile of the
 * builder's; only the network and the instance type are the configuration's. Whatever it needs is
 * on the workshop's cleanup stack from the moment it exists, and goes with that.
 */
final class TrialInstance implements AutoCloseable {
  private final RunningInstance instance;
  private final Login login;

  private TrialInstance(RunningInstance instance, Login login) {
    this.instance = instance;
    this.login = login;
  }

  /** Launches it, waits until it runs, and reads its host key on first contact. */
  static TrialInstance launch(
      SourceImage image,
      BuildSpec spec,
      BuildId buildId,
      BuildParts parts,
      HostKeyReader hostKeys,
      Workshop workshop) {
    Ec2Verbs ec2 = workshop.ec2();
    String name = buildId.value() + "-trial";
    ProjectTags tags =
        new ProjectTags(
            buildId.value(),
            buildId.startedAt().plus(spec.builder().lifetime()),
            Map.of("Name", name));
    List<BuilderSubnet> subnets = ec2.subnets().resolve(spec.builder());
    List<String> cidrs = new SourceCidrs(spec, parts.operatorAddress()).choose(subnets.get(0));
    TemporaryAccess access =
        new TemporaryAccess(spec, buildId, name, ec2, workshop.creations(), workshop.resources());
    List<String> groupIds =
        spec.builder().securityGroupIds().isEmpty()
            ? List.of(access.group(subnets.get(0).vpcId(), cidrs, tags))
            : spec.builder().securityGroupIds();
    NewKeyPair key = access.keyPair(tags);
    LaunchRequest request =
        new LaunchRequest(image, spec.builder(), key.name(), groupIds, null, tags.temporary());
    String instanceId =
        new CapacityFallback(workshop.events()::progress)
            .launch(
                spec.builder().instanceTypes(),
                subnets,
                (type, subnet, number) -> {
                  String token = name + "-" + number;
                  return workshop
                      .creations()
                      .create(
                          workshop.resources().instance(),
                          "client-token",
                          token,
                          () -> ec2.instances().run(request, type, subnet.subnetId(), token));
                });
    RunningInstance running =
        ec2.instances().awaitRunning(instanceId, spec.builder().launchTimeout());
    PublicKey hostKey = firstContact(running, spec, hostKeys, workshop);
    Login login =
        new Login(
            spec.ssh(),
            new SshIdentity.PrivateKey(key.privateKey()),
            hostKey,
            ec2.instances(),
            instanceId,
            parts.connector(),
            workshop.events()::progress);
    return new TrialInstance(running, login);
  }

  private static PublicKey firstContact(
      RunningInstance running, BuildSpec spec, HostKeyReader hostKeys, Workshop workshop) {
    PublicKey hostKey =
        hostKeys.read(
            Login.address(spec.ssh(), running),
            spec.ssh().port(),
            spec.ssh().timeout(),
            workshop.events()::progress);
    workshop
        .events()
        .progress(
            "Host key of "
                + running.instanceId()
                + ", read on first contact and not verified: "
                + SshKeys.fingerprint(hostKey));
    return hostKey;
  }

  RunningInstance instance() {
    return instance;
  }

  /** Logs in; from the first contact on the host key is pinned. */
  RemoteShell connect() {
    return login.open();
  }

  /** Closes its shells; the cleanup stack terminates it. */
  @Override
  public void close() {
    login.close();
  }
}
