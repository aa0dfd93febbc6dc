package io.wizzie.wcs.ami.localregion.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.localregion.model.GuestEngine.GuestRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a guest gets from the host, kept in {@code guests/<instance ID>} of the region's folder. The
 * folder {@code run} in it is mounted read-only at {@link #MOUNT_POINT}, on a file system that no
 * image contains: its instance data, and the programs that stand for the hypervisor.
 */
final class GuestFiles {
  static final String MOUNT_POINT = "/run/wcs-ami";

  /** The command that every guest starts with. */
  static final String INIT = MOUNT_POINT + "/guest-init";

  /** Account of the local region, in the instance identity document. */
  private static final String ACCOUNT_ID = "000000000000";

  private static final String MOUNTED = "run";
  private static final String TERMINATES = "terminates-on-shutdown";
  private static final String STOPPED = "stopped-by-request";
  private static final String SECCOMP = "seccomp.json";
  private static final List<String> UNITS =
      List.of(
          "units/wcs-ami-imds.socket",
          "units/wcs-ami-imds.service",
          "units/systemd-poweroff.service.d/wcs-ami.conf",
          "units/systemd-halt.service.d/wcs-ami.conf");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path guests;

  GuestFiles(Path stateFolder) {
    this.guests = stateFolder.resolve("guests");
  }

  /** Writes everything a guest needs before its first start. */
  void write(GuestRequest request, @Nullable String publicIpv4, Instant launched) {
    Path run = mounted(request.instanceId());
    HostFiles.write(run.resolve("guest-init"), Bundled.read("guest/guest-init"), true);
    HostFiles.write(run.resolve("imds.py"), Bundled.read("guest/imds.py"), false);
    for (String unit : UNITS) {
      HostFiles.write(run.resolve(unit), Bundled.read("guest/" + unit), false);
    }
    HostFiles.write(seccomp(request.instanceId()), Bundled.read("guest/" + SECCOMP), false);
    HostFiles.write(run.resolve("metadata.json"), metadata(request, publicIpv4, launched), false);
    String userData = request.userData();
    if (userData != null) {
      // Line breaks, as the base64 program writes them, are allowed.
      HostFiles.write(run.resolve("user-data"), Base64.getMimeDecoder().decode(userData), false);
    }
    if (request.terminateOnShutdown()) {
      HostFiles.write(folder(request.instanceId()).resolve(TERMINATES), new byte[0], false);
    }
  }

  private static byte[] metadata(
      GuestRequest request, @Nullable String publicIpv4, Instant launched) {
    Map<String, String> metadata = new LinkedHashMap<>(request.metadata());
    metadata.putIfAbsent("instance-id", request.instanceId());
    metadata.putIfAbsent("ami-launch-index", "0");
    metadata.putIfAbsent("hostname", request.hostname());
    metadata.putIfAbsent("local-hostname", request.hostname());
    metadata.putIfAbsent("instance-action", "none");
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("metadata", metadata);
    document.put("publicKeys", request.publicKeys());
    document.put("publicIpv4", publicIpv4);
    document.put("accountId", ACCOUNT_ID);
    document.put("architecture", architecture());
    document.put("launchTime", launched.toString());
    try {
      return JSON.writeValueAsBytes(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The metadata service reads the file at every request. */
  void changePublicAddress(String instanceId, String ipv4) {
    Path file = mounted(instanceId).resolve("metadata.json");
    try {
      ObjectNode document = (ObjectNode) JSON.readTree(file.toFile());
      document.put("publicIpv4", ipv4);
      HostFiles.write(file, JSON.writeValueAsBytes(document), false);
    } catch (IOException failed) {
      throw new UncheckedIOException("The metadata of " + instanceId + " can't be changed", failed);
    }
  }

  /** EC2's name of this machine's architecture. */
  static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
  }

  Path folder(String instanceId) {
    return guests.resolve(instanceId);
  }

  Path mounted(String instanceId) {
    return folder(instanceId).resolve(MOUNTED);
  }

  Path seccomp(String instanceId) {
    return folder(instanceId).resolve(SECCOMP);
  }

  boolean exist(String instanceId) {
    return Files.exists(folder(instanceId));
  }

  /** Whether a shutdown from inside ends the guest for good. */
  boolean terminatesOnShutdown(String instanceId) {
    return Files.exists(folder(instanceId).resolve(TERMINATES));
  }

  /** Whether the guest was stopped from outside, which keeps it in any case. */
  boolean wasStopped(String instanceId) {
    return Files.exists(folder(instanceId).resolve(STOPPED));
  }

  /** Notes that a stop from outside begins, before it does: another process may look meanwhile. */
  void markStopped(String instanceId) {
    HostFiles.write(folder(instanceId).resolve(STOPPED), new byte[0], false);
  }

  void unmarkStopped(String instanceId) {
    HostFiles.delete(folder(instanceId).resolve(STOPPED));
  }

  void remove(String instanceId) {
    HostFiles.delete(folder(instanceId));
  }

  void removeAll() {
    HostFiles.delete(guests);
  }
}
