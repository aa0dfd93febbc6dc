package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.ec2.Waiter.Poll;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import io.wizzie.wcs.ami.ec2.client.Remedies;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** An instance, the builder or a trial of an image, from launch to termination. */
public record Instances(Ec2Client client, Waiter waiter) {
  // A key pair or group made a moment ago may be unknown to the part of EC2 that launches. Of one
  // that the configuration names, the same code says that the configuration is wrong.
  private static final Set<String> KEY_NOT_VISIBLE = Set.of("InvalidKeyPair.NotFound");
  private static final Set<String> GROUP_NOT_VISIBLE =
      Set.of("InvalidGroup.NotFound", "InvalidGroupId.NotFound");

  /**
   * Launches one instance. The token makes repetitions of the same call harmless.
   *
   * @return its ID
   */
  public String run(
      LaunchRequest launch, String instanceType, String subnetId, String clientToken) {
    return run(
        "the builder (" + instanceType + " in " + subnetId + ")",
        RunRequests.of(launch, instanceType, subnetId, clientToken),
        refused ->
            (launch.temporaryKey() && refused.isOneOf(KEY_NOT_VISIBLE))
                || (launch.temporaryGroup() && refused.isOneOf(GROUP_NOT_VISIBLE))
                || isProfileNotVisible(refused));
  }

  /**
   * Launches one instance as somebody would who got hold of the image. The token makes repetitions
   * of the same call harmless.
   *
   * @return its ID
   */
  public String run(TrialRequest launch, String instanceType, String subnetId, String clientToken) {
    return run(
        "an instance of %s (%s in %s)".formatted(launch.image().imageId(), instanceType, subnetId),
        RunRequests.ofTrial(launch, instanceType, subnetId, clientToken),
        // Both were made for the trial a moment ago.
        refused -> refused.isOneOf(KEY_NOT_VISIBLE) || refused.isOneOf(GROUP_NOT_VISIBLE));
  }

  /** IAM tells the regions of a new instance profile within some seconds. */
  private static boolean isProfileNotVisible(Ec2CallException refused) {
    return refused.code().equals("InvalidParameterValue")
        && String.valueOf(refused.getMessage()).contains(Remedies.NO_INSTANCE_PROFILE);
  }

  private String run(
      String what, RunInstancesRequest request, Predicate<Ec2CallException> notVisibleYet) {
    return waiter
        .retrying(
            "Launching " + what,
            waiter.timeouts().visible(),
            notVisibleYet,
            () ->
                Ec2Calls.call(
                    "RunInstances", "Launching " + what, () -> client.runInstances(request)))
        .instances()
        .get(0)
        .instanceId();
  }

  /** IDs of what a launch whose answer was lost has made; waits until EC2 would know. */
  public List<String> findByClientToken(String clientToken) {
    return waiter.awaitPossiblyCreated(
        "an instance with client token " + clientToken,
        () ->
            describe(request -> request.filters(Filters.of("client-token", clientToken))).stream()
                .map(Instance::instanceId)
                .toList());
  }

  /**
   * Waits until the instance runs.
   *
   * @throws BuildException category EC2 with EC2's state reason when it ended instead
   */
  public RunningInstance awaitRunning(String instanceId, Duration timeout) {
    return waiter.until(
        instanceId + " to run",
        timeout,
        "builder.launchTimeout",
        () -> {
          Instance instance = findOrNull(instanceId);
          if (instance == null) {
            // DescribeInstances may lag behind RunInstances.
            return Poll.pending(instanceId + " is not visible yet");
          }
          String state = instance.state().nameAsString();
          return switch (state) {
            case "running" -> Poll.done(running(instance));
            case "pending" -> Poll.pending(instanceId + " is pending");
            default ->
                throw Category.EC2.failure(
                    "Instance %s is %s instead of running: %s."
                        .formatted(instanceId, state, reason(instance)));
          };
        },
        () -> why(instanceId));
  }

  /** Stops the instance and waits until it is stopped. */
  public void stop(String instanceId) {
    Ec2Calls.call(
        "StopInstances",
        "Stopping " + instanceId,
        () -> client.stopInstances(request -> request.instanceIds(instanceId)));
    waiter.until(
        instanceId + " to stop",
        waiter.timeouts().stop(),
        "timeouts.stop",
        () -> {
          Instance instance = findOrNull(instanceId);
          String state = instance == null ? "gone" : instance.state().nameAsString();
          return switch (state) {
            case "stopped" -> Poll.done(state);
            case "running", "pending", "stopping" -> Poll.pending(instanceId + " is " + state);
            default ->
                throw Category.EC2.failure(
                    String.format(
                        "Instance %s is %s instead of stopped%s",
                        instanceId, state, instance == null ? "." : ": " + reason(instance) + "."));
          };
        },
        () -> why(instanceId));
  }

  /**
   * Terminates the instance and waits until it is; one that is gone is no error.
   *
   * @param madeAt when it was launched; null when that is long ago
   */
  public void terminate(String instanceId, @Nullable Instant madeAt) {
    waiter.deleteIfExists(
        "Terminating " + instanceId,
        madeAt,
        () ->
            Ec2Calls.call(
                "TerminateInstances",
                "Terminating " + instanceId,
                () -> client.terminateInstances(request -> request.instanceIds(instanceId))));
    waiter.until(
        instanceId + " to terminate",
        waiter.timeouts().terminate(),
        "timeouts.terminate",
        () -> {
          Instance instance = findOrNull(instanceId);
          String state = instance == null ? "terminated" : instance.state().nameAsString();
          return state.equals("terminated")
              ? Poll.done(state)
              : Poll.pending(instanceId + " is " + state);
        },
        () -> why(instanceId));
  }

  /**
   * Renews the lease tag of the build's instance, for those who can't see the build's process.
   *
   * @param until when the lease ends unless it is renewed
   */
  public void renewLease(String instanceId, Instant until) {
    String value = until.truncatedTo(ChronoUnit.SECONDS).toString();
    Ec2Calls.call(
        "CreateTags",
        "Renewing the lease of " + instanceId,
        () ->
            client.createTags(
                request ->
                    request
                        .resources(instanceId)
                        .tags(ProjectTags.list(Map.of(ProjectTags.ALIVE_UNTIL, value)))));
  }

  /** The instance with its addresses as they are now: a reboot may have changed them. */
  public RunningInstance describe(String instanceId) {
    Instance instance = findOrNull(instanceId);
    if (instance == null) {
      throw Category.EC2.failure("Instance " + instanceId + " does not exist any more.");
    }
    return running(instance);
  }

  /** Why the instance can't be reached, where EC2 knows; empty while it runs. */
  public String whyNotRunning(String instanceId) {
    Instance instance = findOrNull(instanceId);
    if (instance == null) {
      return "it does not exist any more";
    }
    String state = instance.state().nameAsString();
    return state.equals("running") ? "" : "it is " + state + ": " + reason(instance);
  }

  private @Nullable Instance findOrNull(String instanceId) {
    return Ec2Calls.ifFound(
            List.<Instance>of(), () -> describe(request -> request.instanceIds(instanceId)))
        .stream()
        .findFirst()
        .orElse(null);
  }

  private List<Instance> describe(Consumer<DescribeInstancesRequest.Builder> request) {
    return Ec2Calls.call(
            "DescribeInstances", "Looking at the instance", () -> client.describeInstances(request))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .toList();
  }

  private String why(String instanceId) {
    Instance instance = findOrNull(instanceId);
    return instance == null ? "" : "EC2 says: " + reason(instance) + ".";
  }

  private static RunningInstance running(Instance instance) {
    return new RunningInstance(
        instance.instanceId(),
        instance.instanceTypeAsString(),
        instance.placement() == null ? "" : instance.placement().availabilityZone(),
        blankToNull(instance.publicIpAddress()),
        blankToNull(instance.privateIpAddress()),
        blankToNull(instance.publicDnsName()),
        blankToNull(instance.privateDnsName()));
  }

  // EC2 answers with an empty name where there is none.
  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static String reason(Instance instance) {
    if (instance.stateReason() != null && instance.stateReason().message() != null) {
      return instance.stateReason().message();
    }
    String transition = blankToNull(instance.stateTransitionReason());
    return transition == null ? "no reason given" : transition;
  }
}
