package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.ec2.Ec2CallException;
import io.wizzie.wcs.ami.ec2.Instances;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.spec.SshSpec;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import io.wizzie.wcs.ami.ssh.SshTarget;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens shells on the builder, as often as it reboots, and closes them all at the end. */
final class Login implements AutoCloseable {
  private final SshSpec ssh;
  private final SshIdentity identity;
  private final PublicKey hostKey;
  private final Instances instances;
  private final String instanceId;
  private final RemoteShell.Connector connector;
  private final Consumer<String> say;
  private final Deque<RemoteShell> open = new ArrayDeque<>();

  Login(
      SshSpec ssh,
      SshIdentity identity,
      PublicKey hostKey,
      Instances instances,
      String instanceId,
      RemoteShell.Connector connector,
      Consumer<String> say) {
    this.ssh = ssh;
    this.identity = identity;
    this.hostKey = hostKey;
    this.instances = instances;
    this.instanceId = instanceId;
    this.connector = connector;
    this.say = say;
  }

  /** Connects; asks EC2 for the address each time, as a reboot may have changed it. */
  RemoteShell open() {
    SshTarget target = target(instances.describe(instanceId));
    say.accept("Connecting to " + target.user() + "@" + target.host() + " port " + target.port());
    try {
      RemoteShell shell = connector.connect(target, identity, ssh.timeout(), say);
      open.push(shell);
      return shell;
    } catch (BuildException failed) {
      throw explained(failed);
    }
  }

  /** Where a login is tried. */
  SshTarget target(RunningInstance instance) {
    return new SshTarget(address(ssh, instance), ssh.port(), ssh.user(), hostKey);
  }

  /** The address that the configuration asks for. */
  static String address(SshSpec ssh, RunningInstance instance) {
    String host = host(ssh, instance);
    if (host == null) {
      throw new BuildException(
          Category.ACCESS,
          "Instance "
              + instance.instanceId()
              + " has no address of the kind that ssh.address asks for ("
              + ssh.address()
              + "). Set builder.associatePublicIpAddress, choose another subnet, or change"
              + " ssh.address.");
    }
    return host;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private static @Nullable String host(SshSpec ssh, RunningInstance instance) {
    return switch (ssh.address()) {
      case AUTO -> instance.publicIp() == null ? instance.privateIp() : instance.publicIp();
      case PUBLIC_IP -> instance.publicIp();
      case PRIVATE_IP -> instance.privateIp();
      case PUBLIC_DNS -> instance.publicDns();
      case PRIVATE_DNS -> instance.privateDns();
    };
  }

  // A builder that has ended meanwhile looks from here like a network that swallows packets.
  private BuildException explained(BuildException failed) {
    if (failed.category() != Category.ACCESS) {
      return failed;
    }
    String why;
    try {
      why = instances.whyNotRunning(instanceId);
    } catch (Ec2CallException unknown) {
      failed.addSuppressed(unknown);
      return failed;
    }
    return why.isEmpty()
        ? failed
        : new BuildException(
            Category.EC2, "Builder " + instanceId + " can't be reached: " + why + ".", failed);
  }
}
