package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.localregion.engine.GuestContainers.Status;
import io.wizzie.wcs.ami.localregion.model.GuestEngine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final EngineSettings settings;
  private final Clock clock;
  private final CommandRunner runner;
  private final RuntimeCalls calls;
  private final GuestContainers containers;
  private final GuestImages images;
  private final GuestNetwork network;
  private final GuestFiles files;

  ContainerEngine(
      EngineSettings settings,
      CommandRunner runner,
      ContainerRuntime runtime,
      Clock clock,
      Sleeper sleeper) {
    this.settings = settings;
    this.clock = clock;
    this.runner = runner;
    this.calls = new RuntimeCalls(runner, runtime);
    String region = RegionId.of(settings.stateFolder());
    this.containers = new GuestContainers(calls, region);
    this.images = new GuestImages(calls, region, sleeper);
    this.network = new GuestNetwork(calls, settings);
    this.files = new GuestFiles(settings.stateFolder());
  }

  /** Finds Podman or Docker on this machine; if none works, the failure says what to install. */
  public static ContainerEngine open(EngineSettings settings) {
    CommandRunner runner = new ProcessRunner();
    return new ContainerEngine(
        settings,
        runner,
        ContainerRuntime.detect(runner, HostLimits.read()),
        Clock.systemUTC(),
        Sleeper.real());
  }

  /** What makes the base image: of a container image, or if that is null of the distribution. */
  public BaseImageBuilder baseImages(@Nullable String userImage) {
    return new BaseImageBuilder(
        calls, runner, HostSystem.read(Path.of("/")), settings.stateFolder(), userImage);
  }

  @Override
  public String network() {
    return network.cidr();
  }

  @Override
  public Guest launch(GuestRequest request) {
    String id = request.instanceId();
    if (files.exist(id)) {
      // Otherwise the cleanup after the failure would remove the guest that has the ID.
      throw new IllegalArgumentException("There is a guest of the ID " + id + " already.");
    }
    try {
      String address =
          new GuestLaunch(settings, clock, containers, images, network, files).start(request);
      return new Guest(id, inetAddress(address), true);
    } catch (RuntimeException failed) {
      try {
        remove(id);
      } catch (RuntimeException alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
  }

  @Override
  public void stop(String instanceId) {
    if (find(instanceId).isEmpty()) {
      throw Category.HOST.failure(
          "The instance %s has no guest to stop: its container was removed.".formatted(instanceId));
    }
    files.markStopped(instanceId);
    containers.stop(instanceId, settings.stopTimeout());
  }

  /** Starts a stopped guest again, with its file system and address, unless it ended for good. */
  public Guest start(String instanceId) {
    if (files.terminatesOnShutdown(instanceId) && !files.wasStopped(instanceId)) {
      throw new IllegalStateException("The guest " + instanceId + " has terminated itself.");
    }
    containers.start(instanceId);
    files.unmarkStopped(instanceId);
    return find(instanceId).orElseThrow();
  }

  /**
   * Gives the guest another public address, as EC2 does when an instance is started again. It is
   * what the metadata service tells from now on; nothing is routed there.
   */
  public void assignPublicAddress(String instanceId, String ipv4) {
    files.changePublicAddress(instanceId, ipv4);
  }

  @Override
  public void remove(String instanceId) {
    containers.remove(instanceId);
    files.remove(instanceId);
    images.removeUnused();
  }

  @Override
  public Optional<Guest> find(String instanceId) {
    return containers.find(instanceId).map(this::present);
  }

  /**
   * What a container says of its guest. One that has shut itself down is not running, and whoever
   * keeps the instance's state decides what becomes of it.
   */
  private Guest present(Status status) {
    boolean rebooting =
        !status.running()
            && status.exitCode() == REBOOTED
            && !files.wasStopped(status.instanceId());
    if (rebooting && status.finished().plus(SETTLING).isBefore(clock.instant())) {
      // Whatever should have started it again has not: it is done here.
      containers.start(status.instanceId());
    }
    return guest(status, status.running() || rebooting);
  }

  private static Guest guest(Status status, boolean running) {
    return new Guest(status.instanceId(), running ? inetAddress(status.address()) : null, running);
  }

  @Override
  public long commit(String instanceId, String imageRef) {
    boolean running = containers.find(instanceId).map(Status::running).orElse(false);
    images.commit(containers.name(instanceId), imageRef, running);
    return images
        .size(imageRef)
        .orElseThrow(
            () ->
                Category.HOST.failure(
                    "The image %s is not there after it was made.".formatted(imageRef)));
  }

  @Override
  public void removeImage(String imageRef) {
    images.remove(imageRef);
  }

  @Override
  public void exportImage(String imageRef, Path target) {
    images.export(imageRef, target);
  }

  @Override
  public Map<String, Long> guestSizes() {
    return containers.sizes();
  }

  /** Size in bytes of an image, empty when there is none. */
  public Optional<Long> imageSize(String imageRef) {
    return images.size(imageRef);
  }

  @Override
  public List<String> guests() {
    return containers.all().stream().map(Status::instanceId).toList();
  }

  /** Sizes in bytes of the images that {@link #commit} made, by reference. */
  public Map<String, Long> imageSizes() {
    return images.sizes();
  }

  /**
   * Removes everything of this region: guests, images, instance data, the unused network. What it
   * goes by are the labels: guests of a state that was lost, or of a process that was killed, too.
   *
   * @return IDs of the guests that there were
   */
  public List<String> reset() {
    List<String> guests = guests();
    guests.forEach(containers::remove);
    files.removeAll();
    images.removeExports();
    images.removeAll();
    network.removeIfUnused();
    return guests;
  }

  private static InetAddress inetAddress(String address) {
    try {
      // An address in numbers is not looked up.
      return InetAddress.getByName(address);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(address, impossible);
    }
  }
}
