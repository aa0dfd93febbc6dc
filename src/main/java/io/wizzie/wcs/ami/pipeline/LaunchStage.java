package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ec2.CapacityFallback;
import io.wizzie.wcs.ami.ec2.LaunchRequest;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ec2.SourceImage;

/** Launches the builder and waits until it runs. */
record LaunchStage(BuildSession session) {
  RunningInstance run(SourceImage sourceImage, BuildPlan plan, BuilderAccess access) {
    LaunchRequest request =
        new LaunchRequest(
            sourceImage,
            session.spec().builder(),
            access.login().keyName(),
            access.login().groupIds(),
            access.userData(),
            plan.tags().temporary());
    String instanceId =
        new CapacityFallback(session.events()::progress)
            .launch(
                session.spec().builder().instanceTypes(),
                plan.subnets(),
                (type, subnet, number) -> {
                  // Another type or subnet under the same token would be refused
                  // (IdempotentParameterMismatch).
                  String token = session.buildId().value() + "-" + number;
                  return session
                      .creations()
                      .create(
                          session.resources().instance(),
                          "client-token",
                          token,
                          () ->
                              session
                                  .ec2()
                                  .instances()
                                  .run(request, type, subnet.subnetId(), token));
                });
    // Before minutes are spent on what could not be sold.
    session.ec2().volumes().requireUnencrypted(instanceId);
    return session
        .ec2()
        .instances()
        .awaitRunning(instanceId, session.spec().builder().launchTimeout());
  }
}
