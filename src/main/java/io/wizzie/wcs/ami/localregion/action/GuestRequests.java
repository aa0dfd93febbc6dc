package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.model.GuestEngine.GuestRequest;
import io.wizzie.wcs.ami.localregion.state.GroupRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord.Launch;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a guest is started with, its instance metadata above all.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html">EC2's
 *     instance metadata</a>
 */
final class GuestRequests {
  private GuestRequests() {}

  static GuestRequest of(Topology topology, RegionState state, InstanceRecord instance) {
    Launch launch = instance.launch();
    String keyName = launch.keyName();
    String publicKey = launch.publicKey();
    return new GuestRequest(
        instance.id(),
        launch.contentRef(),
        NetworkShapes.hostname(topology, instance.id()),
        instance.settings().userData(),
        keyName == null || publicKey == null ? Map.of() : Map.of(keyName, publicKey),
        metadata(topology, state, instance),
        instance.settings().shutdownBehavior().equals("terminate"));
  }

  private static Map<String, String> metadata(
      Topology topology, RegionState state, InstanceRecord instance) {
    Launch launch = instance.launch();
    String hostname = NetworkShapes.hostname(topology, instance.id());
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("ami-id", launch.imageId());
    metadata.put("ami-launch-index", String.valueOf(launch.index()));
    metadata.put("ami-manifest-path", "(unknown)");
    metadata.put("block-device-mapping/ami", launch.rootDeviceName());
    metadata.put("block-device-mapping/root", launch.rootDeviceName());
    metadata.put("hostname", hostname);
    metadata.put("instance-action", "none");
    metadata.put("instance-id", instance.id());
    metadata.put("instance-life-cycle", "on-demand");
    metadata.put("instance-type", instance.settings().instanceType());
    metadata.put("local-hostname", hostname);
    metadata.put("mac", instance.nic().mac());
    metadata.put("placement/availability-zone", launch.zone());
    topology
        .zone(launch.zone())
        .ifPresent(zone -> metadata.put("placement/availability-zone-id", zone.id()));
    metadata.put("placement/region", topology.region());
    metadata.put("reservation-id", launch.reservationId());
    metadata.put("security-groups", groups(state, instance, GroupRecord::name));
    metadata.put("services/domain", "amazonaws.com");
    metadata.put("services/partition", "aws");
    network(topology, state, instance)
        .forEach(
            (path, value) ->
                metadata.put(
                    "network/interfaces/macs/" + instance.nic().mac() + "/" + path, value));
    if (launch.metadata().instanceMetadataTags().equals("enabled")) {
      Tags.of(state, instance.id())
          .forEach((key, value) -> metadata.put("tags/instance/" + key, value));
    }
    return metadata;
  }

  private static Map<String, String> network(
      Topology topology, RegionState state, InstanceRecord instance) {
    Map<String, String> network = new TreeMap<>();
    network.put("device-number", "0");
    network.put("interface-id", instance.nic().id());
    network.put("local-hostname", NetworkShapes.hostname(topology, instance.id()));
    network.put("mac", instance.nic().mac());
    network.put("owner-id", Account.ID);
    network.put("security-group-ids", groups(state, instance, GroupRecord::id));
    network.put("security-groups", groups(state, instance, GroupRecord::name));
    network.put("subnet-id", instance.nic().subnetId());
    topology
        .bySubnet(instance.nic().subnetId())
        .ifPresent(zone -> network.put("subnet-ipv4-cidr-block", zone.cidr()));
    network.put("vpc-id", topology.vpcId());
    network.put("vpc-ipv4-cidr-block", topology.cidr());
    network.put("vpc-ipv4-cidr-blocks", topology.cidr());
    return network;
  }

  private static String groups(
      RegionState state, InstanceRecord instance, Function<GroupRecord, String> value) {
    List<String> ids = instance.nic().groupIds();
    return ids.stream()
        .map(state.groups::get)
        .filter(Objects::nonNull)
        .map(value)
        .collect(Collectors.joining("\n"));
  }
}
