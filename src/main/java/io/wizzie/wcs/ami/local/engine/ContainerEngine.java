package io.wizzie.wcs.ami.local.engine;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.local.GuestEngine;
import io.wizzie.wcs.ami.local.engine.CommandRunner.Outcome;
import io.wizzie.wcs.ami.local.engine.GuestContainers.Placement;
import io.wizzie.wcs.ami.local.engine.GuestContainers.Status;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs guests as systemd containers of Podman or Docker. It keeps nothing in memory: what it knows
 * is in the containers' labels and in the region's folder, so any number of processes may look at
 * the same region. A guest's reboot needs no process at all, the container program does it.
 */
public final class ContainerEngine implements GuestEngine {
  /** 128 + SIGHUP: the kernel's way to end the first process of a container that reboots. */
  private static final int REBOOTED = 129;

  /** How long the container program may take to notice an end or to start a guest again. */
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private static final int ADDRESS_ATTEMPTS = 5;

  private final EngineSettings settings;
  private final Clock clock;
  private final CommandRunner runner;
  private final RuntimeCalls calls;
  private final GuestContainers containers;
  private final GuestImages images;
  private final GuestNetwork network;
  private final GuestFiles files;

  ContainerEngine(
      EngineSettings settings, CommandRunner runner, ContainerRuntime runtime, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.runner = runner;
    this.calls = new RuntimeCalls(runner, runtime);
    String region = RegionId.of(settings.stateFolder());
    this.containers = new GuestContainers(calls, region);
    this.images = new GuestImages(calls, region);
    this.network = new GuestNetwork(calls, settings);
    this.files = new GuestFiles(settings.stateFolder());
  }

  /**
   * Finds Podman or Docker on this machine.
   *
   * @throws BuildException when there is none that works; says what to install
   */
  public static ContainerEngine open(EngineSettings settings) {
    CommandRunner runner = new ProcessRunner();
    return new ContainerEngine(
        settings, runner, ContainerRuntime.detect(runner, HostLimits.read()), Clock.systemUTC());
  }

  /**
   * What makes the image that instances are launched from.
   *
   * @param userImage a container image to make it of; null for the distribution's system
   */
  public BaseImageBuilder baseImages(@Nullable String userImage) {
    return new BaseImageBuilder(
        calls, runner, HostSystem.read(Path.of("/")), settings.stateFolder(), userImage);
  }

  @Override
  public Guest launch(GuestRequest request) {
    String id = request.instanceId();
    String image = images.name(request.imageRef());
    if (images.size(request.imageRef()).isEmpty()) {
      throw new BuildException(
          Category.HOST,
          "The container image %s of the instance %s does not exist. If it was removed by hand,"
                  .formatted(image, id)
              + " deregister its AMI, or remake the base image with `wcs-ami local up --rebuild`.");
    }
    if (files.exist(id)) {
      // Otherwise the cleanup after the failure would remove the guest that has the ID.
      throw new IllegalArgumentException("There is a guest of the ID " + id + " already.");
    }
    Set<String> inUse = new HashSet<>(containers.addressesInUse());
    try {
      for (int attempt = 1; ; attempt++) {
        Placement placement = network.place(id, inUse);
        String published = settings.publishedPort() == null ? null : placement.address();
        files.write(request, published, clock.instant());
        Outcome outcome =
            containers.run(
                id, request.hostname(), image, placement, files.mounted(id), files.seccomp(id));
        if (outcome.succeeded()) {
          return new Guest(id, address(placement.address()), true);
        }
        if (attempt == ADDRESS_ATTEMPTS || !GuestNetwork.isTaken(outcome)) {
          throw new BuildException(
              Category.HOST,
              "The guest of the instance %s could not be started: %s."
                  .formatted(id, outcome.reason()));
        }
        // Another process had the same idea; its guest may not have been created when we looked.
        containers.remove(id);
        inUse.add(placement.address());
      }
    } catch (RuntimeException failed) {
      remove(id, failed);
      throw failed;
    }
  }

  private void remove(String instanceId, RuntimeException failure) {
    try {
      remove(instanceId);
    } catch (RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  @Override
  public void stop(String instanceId) {
    if (find(instanceId).isEmpty()) {
      throw new BuildException(
          Category.HOST,
          "The instance %s has no guest to stop: its container was removed.".formatted(instanceId));
    }
    files.markStopped(instanceId);
    containers.stop(instanceId, settings.stopTimeout());
  }

  /** Starts a stopped guest again, with its file system and its address. */
  public Guest start(String instanceId) {
    containers.start(instanceId);
    files.unmarkStopped(instanceId);
    return find(instanceId).orElseThrow();
  }

  @Override
  public void remove(String instanceId) {
    containers.remove(instanceId);
    files.remove(instanceId);
    images.removeUnused();
  }

  @Override
  public Optional<Guest> find(String instanceId) {
    return containers.find(instanceId).flatMap(this::present);
  }

  /** What a container says of its guest; one that has shut itself down for good is removed. */
  private Optional<Guest> present(Status status) {
    String id = status.instanceId();
    if (status.running()) {
      return Optional.of(guest(status, true));
    }
    boolean settling = status.finished().plus(SETTLING).isAfter(clock.instant());
    boolean rebooting = status.exitCode() == REBOOTED && !files.wasStopped(id);
    if (rebooting && !settling) {
      // Whatever should have started it again has not: do it here.
      containers.start(id);
    }
    if (rebooting) {
      return Optional.of(guest(status, true));
    }
    if (status.status().equals("exited")
        && files.terminatesOnShutdown(id)
        && !files.wasStopped(id)) {
      remove(id);
      return Optional.empty();
    }
    return Optional.of(guest(status, false));
  }

  private static Guest guest(Status status, boolean running) {
    return new Guest(status.instanceId(), running ? address(status.address()) : null, running);
  }

  @Override
  public long commit(String instanceId, String imageRef) {
    boolean running = containers.find(instanceId).map(Status::running).orElse(false);
    images.commit(containers.name(instanceId), imageRef, running);
    return images
        .size(imageRef)
        .orElseThrow(
            () ->
                new BuildException(
                    Category.HOST,
                    "The image %s is not there after it was made.".formatted(imageRef)));
  }

  @Override
  public void removeImage(String imageRef) {
    images.remove(imageRef);
  }

  @Override
  public Optional<Long> imageSize(String imageRef) {
    return images.size(imageRef);
  }

  @Override
  public List<String> guests() {
    return containers.all().stream()
        .flatMap(status -> present(status).stream())
        .map(Guest::instanceId)
        .toList();
  }

  /** Removes everything of this region: guests, images, instance data, the unused network. */
  public void reset() {
    for (Status status : containers.all()) {
      containers.remove(status.instanceId());
    }
    files.removeAll();
    images.removeAll();
    network.removeIfUnused();
  }

  private static InetAddress address(String address) {
    try {
      // An address in numbers is not looked up.
      return InetAddress.getByName(address);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(address, impossible);
    }
  }
}
