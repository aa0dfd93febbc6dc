package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.CapacityFallback;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.LaunchRequest;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ec2.SourceImage;
import java.util.function.Consumer;

/** Launches the builder and waits until it runs. */
final class LaunchStage {
  private final BuildSpec spec;
  private final BuildId buildId;
  private final Ec2Verbs ec2;
  private final ResourceTracker creations;
  private final Resources resources;
  private final Consumer<String> say;

  LaunchStage(
      BuildSpec spec,
      BuildId buildId,
      Ec2Verbs ec2,
      ResourceTracker creations,
      Resources resources,
      Consumer<String> say) {
    this.spec = spec;
    this.buildId = buildId;
    this.ec2 = ec2;
    this.creations = creations;
    this.resources = resources;
    this.say = say;
  }

  RunningInstance run(SourceImage sourceImage, BuildPlan plan, BuilderAccess access) {
    LaunchRequest request =
        new LaunchRequest(
            sourceImage,
            spec.builder(),
            access.keyName(),
            access.groupIds(),
            access.userData(),
            plan.tags().temporary());
    String instanceId =
        new CapacityFallback(say)
            .launch(
                spec.builder().instanceTypes(),
                plan.subnets(),
                (type, subnet, number) -> {
                  // Another type or subnet under the same token would be refused
                  // (IdempotentParameterMismatch).
                  String token = buildId.value() + "-" + number;
                  return creations.create(
                      resources.instance(),
                      "client-token",
                      token,
                      () -> ec2.instances().run(request, type, subnet.subnetId(), token));
                });
    // Before minutes are spent on what could not be sold.
    ec2.volumes().requireUnencrypted(instanceId);
    return ec2.instances().awaitRunning(instanceId, spec.builder().launchTimeout());
  }
}
