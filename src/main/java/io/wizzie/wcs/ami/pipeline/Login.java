package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.SshSpec;
import io.wizzie.wcs.ami.config.TimeoutsSpec;
import io.wizzie.wcs.ami.ec2.Instances;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.SshIdentity;
import io.wizzie.wcs.ami.ssh.SshKeys;
import io.wizzie.wcs.ami.ssh.SshTarget;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens shells on an instance, as often as it reboots, and closes them all at the end. */
final class Login implements AutoCloseable {
  private final SshSpec ssh;
  private final SshIdentity identity;
  private final Instances instances;
  private final String instanceId;
  private final RemoteShell.Connector connector;
  private final Consumer<String> say;
  private @Nullable PublicKey hostKey;
  private final Deque<RemoteShell> open = new ArrayDeque<>();

  /**
   * @param hostKey that the instance must present; null to take, on first contact, what it presents
   */
  Login(
      SshSpec ssh,
      TimeoutsSpec timeouts,
      SshIdentity identity,
      @Nullable PublicKey hostKey,
      Instances instances,
      String instanceId,
      RemoteShell.Connector connector,
      Consumer<String> say) {
    this.ssh = ssh;
    this.identity = identity;
    this.hostKey = hostKey;
    this.instances = instances;
    this.instanceId = instanceId;
    this.connector =
        connector.with(timeouts.login(), timeouts.rejection(), timeouts.guestCommand());
    this.say = say;
  }

  /** Connects; asks EC2 for the address each time, as a reboot may have changed it. */
  RemoteShell open() {
    SshTarget target = target(instances.describe(instanceId));
    say.accept("Connecting to " + target.user() + "@" + target.host() + " port " + target.port());
    try {
      RemoteShell shell = connector.connect(target, identity, ssh.timeout(), say);
      open.push(shell);
      keep(shell.hostKey());
      return shell;
    } catch (BuildException failed) {
      throw explained(failed);
    }
  }

  // From the first contact on it must stay the same.
  private void keep(@Nullable PublicKey presented) {
    if (hostKey == null && presented != null) {
      hostKey = presented;
      say.accept(
          "Host key of "
              + instanceId
              + ", read on first contact, so that nothing vouches for it: "
              + SshKeys.fingerprint(presented));
    }
  }

  /** Where a login is tried. */
  SshTarget target(RunningInstance instance) {
    String host = host(instance);
    if (host == null) {
      throw Category.ACCESS.failure(
          "Instance "
              + instance.instanceId()
              + " has no address of the kind that ssh.address asks for ("
              + ssh.address()
              + "). Set builder.associatePublicIpAddress, choose another subnet, or change"
              + " ssh.address.");
    }
    return new SshTarget(host, ssh.port(), ssh.user(), hostKey);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private @Nullable String host(RunningInstance instance) {
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
        : Category.EC2.failure(
            "Instance " + instanceId + " can't be reached: " + why + ".", failed);
  }
}
