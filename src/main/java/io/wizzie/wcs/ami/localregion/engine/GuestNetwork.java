package io.wizzie.wcs.ami.localregion.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import io.wizzie.wcs.ami.localregion.engine.ContainerRuntime.Kind;
import io.wizzie.wcs.ami.localregion.engine.GuestContainers.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where guests are reached. Each keeps its address for life, through reboots and stops, as an
 * instance keeps its private one.
 */
record GuestNetwork(RuntimeCalls calls, EngineSettings settings) {
  private static final String LABEL = "io.wizzie.wcs-ami.network=guests";

  /**
   * A place for a guest: that of its metadata, where somebody else has assigned one, or a free one;
   * which of those to try first depends on its ID, so that two rarely race.
   *
   * @param metadata may have the hardware address ({@code mac}) and, in the guests' network, the
   *     address ({@code local-ipv4}) that the instance is to have
   */
  Placement place(String instanceId, Map<String, String> metadata, Set<String> inUse) {
    Integer port = settings.publishedPort();
    if (port != null) {
      String address = free(AddressRange.LOOPBACK, instanceId, inUse);
      return new Placement(address, List.of("--publish", address + ":" + port + ":22"));
    }
    requireRoot();
    // Makes the network, if it is not there.
    AddressRange range = AddressRange.parse(part(subnet(), metadata));
    String assigned = metadata.get("local-ipv4");
    String address =
        assigned == null ? free(range, instanceId, inUse) : unlessInUse(assigned, inUse);
    String mac = metadata.get("mac");
    List<String> flags = new ArrayList<>(List.of("--network", settings.network(), "--ip", address));
    if (mac != null) {
      flags.addAll(List.of("--mac-address", mac));
    }
    return new Placement(address, flags);
  }

  /** The network in CIDR notation; it is made if it is not there. */
  String cidr() {
    if (settings.publishedPort() != null) {
      return "127.0.0.0/24";
    }
    requireRoot();
    return subnet();
  }

  private void requireRoot() {
    if (calls.runtime().rootless()) {
      throw Category.HOST.failure(
          "Without root the guests of the local region have no address of their own: run it as root"
              + " (with sudo).");
    }
  }

  /** The instance's own subnet, unless the network is another one than when that was made. */
  private static String part(String network, Map<String, String> metadata) {
    String subnet =
        metadata.get("network/interfaces/macs/" + metadata.get("mac") + "/subnet-ipv4-cidr-block");
    return subnet != null && AddressRange.contains(network, subnet) ? subnet : network;
  }

  private static String unlessInUse(String address, Set<String> inUse) {
    if (inUse.contains(address)) {
      throw Category.HOST.failure("The address %s is another guest's already.".formatted(address));
    }
    return address;
  }

  /** Whether a guest could not start because its address was taken meanwhile. */
  static boolean isTaken(Outcome outcome) {
    String reason = outcome.stderr();
    return reason.contains("already allocated")
        || reason.contains("Address already in use")
        || reason.contains("address already in use");
  }

  /** Removes the network unless containers are attached to it. */
  void removeIfUnused() {
    if (settings.publishedPort() != null) {
      return;
    }
    List<String> attached =
        calls.list(
            "list the guests of the network " + settings.network(),
            List.of("ps", "--all", "--quiet", "--filter", "network=" + settings.network()));
    if (attached.isEmpty()) {
      // Where another region's guest came meanwhile, it stays.
      boolean ignored =
          calls.remove(
              "remove the network " + settings.network(),
              List.of("network", "rm", settings.network()));
    }
  }

  private static String free(AddressRange range, String instanceId, Set<String> inUse) {
    int start = Math.floorMod(instanceId.hashCode(), range.size());
    for (int step = 0; step < range.size(); step++) {
      String address = range.address((start + step) % range.size());
      if (!inUse.contains(address)) {
        return address;
      }
    }
    throw Category.HOST.failure(
        "All %d addresses of the guests' network are taken: terminate instances of the local region."
            .formatted(range.size()));
  }

  private String subnet() {
    Optional<JsonNode> network = calls.inspect("network", settings.network());
    if (network.isEmpty()) {
      create();
      network = calls.inspect("network", settings.network());
    }
    String subnet = network.map(GuestNetwork::subnetOf).orElse(null);
    if (subnet == null) {
      throw Category.HOST.failure(
          "The container network %s has no IPv4 subnet: remove it (%s network rm %s)."
              .formatted(settings.network(), calls.runtime().program().get(0), settings.network()));
    }
    return subnet;
  }

  private void create() {
    String subnet = settings.subnet();
    if (calls.runtime().kind() == Kind.PODMAN) {
      // Guests ask the host's name servers, not one of the network's own.
      createNetwork(subnet, "--disable-dns");
      return;
    }
    createNetwork(subnet);
    if (subnet == null) {
      // Docker gives fixed addresses only in a subnet that was asked for: ask for the one that it
      // has found to be free.
      String found =
          calls.inspect("network", settings.network()).map(GuestNetwork::subnetOf).orElse(null);
      calls.attempt(List.of("network", "rm", settings.network()));
      createNetwork(found);
    }
  }

  private void createNetwork(@Nullable String subnet, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("network", "create", "--label", LABEL));
    arguments.addAll(List.of(flags));
    if (subnet != null) {
      arguments.addAll(List.of("--subnet", subnet));
    }
    arguments.add(settings.network());
    Outcome outcome = calls.attempt(arguments);
    // Another process may have been quicker.
    if (!outcome.succeeded() && !outcome.stderr().contains("already")) {
      throw calls.failure("create the network " + settings.network(), outcome);
    }
  }

  /** Podman and Docker describe the same thing under different names. */
  private static @Nullable String subnetOf(JsonNode network) {
    for (JsonNode subnet : network.path("subnets")) {
      if (subnet.path("subnet").asText().contains(".")) {
        return subnet.path("subnet").asText();
      }
    }
    for (JsonNode subnet : network.path("IPAM").path("Config")) {
      if (subnet.path("Subnet").asText().contains(".")) {
        return subnet.path("Subnet").asText();
      }
    }
    return null;
  }
}
