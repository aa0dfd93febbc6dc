package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import io.wizzie.wcs.ami.localregion.engine.GuestContainers.Placement;
import io.wizzie.wcs.ami.localregion.model.GuestEngine.GuestRequest;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/** The first start of a guest: its address, its files, its container. */
record GuestLaunch(
    EngineSettings settings,
    Clock clock,
    GuestContainers containers,
    GuestImages images,
    GuestNetwork network,
    GuestFiles files) {
  private static final int ADDRESS_ATTEMPTS = 5;

  /** Starts a guest, and returns its address; what a failure leaves is the caller's to remove. */
  String start(GuestRequest request) {
    requireImage(request);
    Set<String> inUse = new HashSet<>(containers.addressesInUse());
    for (int attempt = 1; ; attempt++) {
      Placement placement = network.place(request.instanceId(), request.metadata(), inUse);
      Outcome outcome = run(request, placement);
      if (outcome.succeeded()) {
        return placement.address();
      }
      if (attempt == ADDRESS_ATTEMPTS || !GuestNetwork.isTaken(outcome)) {
        throw Category.HOST.failure(
            "The guest of the instance %s could not be started: %s."
                .formatted(request.instanceId(), outcome.reason()));
      }
      // Another process had the same idea; its guest may not have been created when we looked.
      containers.remove(request.instanceId());
      inUse.add(placement.address());
    }
  }

  private Outcome run(GuestRequest request, Placement placement) {
    String id = request.instanceId();
    // A guest with an address of its own is reached at the one it knows.
    files.write(
        request, settings.publishedPort() == null ? null : placement.address(), clock.instant());
    return containers.run(
        id,
        request.hostname(),
        images.name(request.imageRef()),
        placement,
        files.mounted(id),
        files.seccomp(id));
  }

  private void requireImage(GuestRequest request) {
    if (images.size(request.imageRef()).isEmpty()) {
      throw Category.HOST.failure(
          ("The container image %s of the instance %s does not exist. If it was removed by hand,"
                  + " deregister its AMI, or remake the base image: `wcs-ami local up --rebuild`.")
              .formatted(images.name(request.imageRef()), request.instanceId()));
    }
  }
}
