package io.wizzie.wcs.ami.localregion.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The containers of one region: their command lines and what inspecting them says. */
record GuestContainers(RuntimeCalls calls, String region) {
  private static final String NAME_PREFIX = "wcs-ami-";

  /** The flags that place a guest in the network, and the address they give it. */
  record Placement(String address, List<String> flags) {
    Placement {
      flags = List.copyOf(flags);
    }
  }

  /** A container as it is now; one that never ended has 1970 for its end. */
  record Status(
      String instanceId, String address, boolean running, int exitCode, Instant finished) {}

  String name(String instanceId) {
    return NAME_PREFIX + region + "-" + instanceId;
  }

  /** Creates and starts a guest's container; a failure may leave it created. */
  Outcome run(
      String instanceId,
      String hostname,
      String image,
      Placement placement,
      Path run,
      Path seccomp) {
    List<String> arguments = new ArrayList<>(List.of("run", "--detach", "--pull", "never"));
    arguments.addAll(List.of("--name", name(instanceId), "--hostname", hostname));
    arguments.addAll(List.of("--label", Labels.REGION + "=" + region));
    arguments.addAll(List.of("--label", Labels.INSTANCE + "=" + instanceId));
    arguments.addAll(List.of("--label", Labels.ADDRESS + "=" + placement.address()));
    arguments.addAll(placement.flags());
    arguments.addAll(system(run, seccomp));
    arguments.addAll(calls.runtime().limits());
    arguments.add(image);
    arguments.add(GuestFiles.INIT);
    return calls.attempt(arguments);
  }

  /**
   * What lets systemd run as the first process, with as much of its own as a container can have.
   */
  private List<String> system(Path run, Path seccomp) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--privileged",
                // Where the guest's control groups are the host's, those that a container runtime
                // in
                // the guest makes outlive it.
                "--cgroupns",
                "private",
                "--security-opt",
                "seccomp=" + seccomp,
                // A system runs more processes than a container may by default.
                "--pids-limit=-1",
                // What systemd takes for a request to halt.
                "--stop-signal",
                "SIGRTMIN+3",
                // A reboot ends the container with the signal that the kernel gives its first
                // process; a shutdown ends it with 0, see the units. The count only bounds a guest
                // that reboots for ever.
                "--restart",
                "on-failure:100",
                "--volume",
                run + ":" + GuestFiles.MOUNT_POINT + ":ro"));
    if (calls.runtime().kind() == ContainerRuntime.Kind.PODMAN) {
      // Podman's own support of systemd puts /tmp and the journal on memory, so that they are not
      // part of the image, and shows the host's control groups: all that it does is done here.
      flags.add("--systemd=false");
      flags.addAll(List.of("--tmpfs", "/run:rw,exec,nosuid,nodev,mode=755,notmpcopyup"));
      flags.addAll(
          List.of("--tmpfs", "/run/lock:rw,noexec,nosuid,nodev,mode=1777,size=5m,notmpcopyup"));
    } else {
      // By this variable systemd knows that it runs in a container; Podman sets it by itself.
      flags.addAll(List.of("--env", "container=docker"));
      flags.addAll(List.of("--tmpfs", "/run:rw,exec,nosuid,nodev,mode=755"));
      flags.addAll(List.of("--tmpfs", "/run/lock:rw,noexec,nosuid,nodev,mode=1777,size=5m"));
    }
    return flags;
  }

  void start(String instanceId) {
    calls.call("start the guest " + instanceId, List.of("start", name(instanceId)));
  }

  /** Asks the guest to halt, and kills it when it has not after the timeout. */
  void stop(String instanceId, Duration timeout) {
    calls.call(
        "stop the guest " + instanceId,
        List.of("stop", "-t", Long.toString(timeout.toSeconds()), name(instanceId)),
        timeout.plusMinutes(1));
  }

  void remove(String instanceId) {
    List<String> arguments = new ArrayList<>(List.of("rm", "--force", "--volumes"));
    if (calls.runtime().kind() == ContainerRuntime.Kind.PODMAN) {
      // Without it Podman waits for an orderly stop; Docker kills at once and has no such option.
      arguments.addAll(List.of("--time", "0"));
    }
    arguments.add(name(instanceId));
    Outcome outcome = calls.attempt(arguments);
    if (!outcome.succeeded() && !RuntimeCalls.isMissing(outcome)) {
      throw calls.failure("remove the guest " + instanceId, outcome);
    }
  }

  Optional<Status> find(String instanceId) {
    return calls.inspect("container", name(instanceId)).map(GuestContainers::status);
  }

  /** All guests of this region. */
  List<Status> all() {
    return statuses(ofRegion());
  }

  /** What the guests have written, in bytes, by instance ID; looking takes its time. */
  Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    for (JsonNode container :
        calls.inspectAll(List.of("container", "inspect", "--size"), ids(ofRegion()))) {
      sizes.put(
          container.path("Config").path("Labels").path(Labels.INSTANCE).asText(),
          container.path("SizeRw").asLong());
    }
    return sizes;
  }

  /** Addresses that guests of any region of this machine have, running or not. */
  List<String> addressesInUse() {
    return statuses("label=" + Labels.ADDRESS).stream().map(Status::address).toList();
  }

  private List<Status> statuses(String filter) {
    JsonNode found = calls.inspectAll(List.of("container", "inspect"), ids(filter));
    return StreamSupport.stream(found.spliterator(), false).map(GuestContainers::status).toList();
  }

  private List<String> ids(String filter) {
    return calls.list("list the guests", List.of("ps", "--all", "--quiet", "--filter", filter));
  }

  private String ofRegion() {
    return "label=" + Labels.REGION + "=" + region;
  }

  private static Status status(JsonNode container) {
    JsonNode labels = container.path("Config").path("Labels");
    JsonNode state = container.path("State");
    return new Status(
        labels.path(Labels.INSTANCE).asText(),
        labels.path(Labels.ADDRESS).asText(),
        state.path("Running").asBoolean(),
        state.path("ExitCode").asInt(),
        instant(state.path("FinishedAt").asText()));
  }

  private static Instant instant(String time) {
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeParseException never) {
      return Instant.EPOCH;
    }
  }
}
