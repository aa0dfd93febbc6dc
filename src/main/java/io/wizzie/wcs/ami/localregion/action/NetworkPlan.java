package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.GroupRecord;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * Where an instance is put and who may reach it: said on the request itself, or on its one network
 * interface, but never on both.
 */
record NetworkPlan(
    Topology.Zone zone,
    List<String> groupIds,
    boolean publicAddress,
    boolean deleteOnTermination,
    @Nullable String description) {

  static NetworkPlan of(Call call, RunInstancesRequest request) {
    String zoneName = request.placement() == null ? null : request.placement().availabilityZone();
    if (request.networkInterfaces().isEmpty()) {
      return new NetworkPlan(
          zone(call, request.subnetId(), zoneName),
          groups(call, request.securityGroupIds(), request.securityGroups()),
          true,
          true,
          null);
    }
    if (request.subnetId() != null) {
      throw Refusal.invalidCombination(
          "Network interfaces and an instance-level subnet ID may not be specified on the same"
              + " request");
    }
    if (!request.securityGroupIds().isEmpty() || !request.securityGroups().isEmpty()) {
      throw Refusal.invalidCombination(
          "Network interfaces and an instance-level security groups may not be specified on the"
              + " same request");
    }
    if (request.networkInterfaces().size() > 1) {
      throw Refusal.unsupported("Instances of the local region have one network interface");
    }
    InstanceNetworkInterfaceSpecification nic = request.networkInterfaces().get(0);
    if (nic.networkInterfaceId() != null) {
      throw Refusal.unsupported("The local region makes the network interface of an instance");
    }
    if (nic.deviceIndex() == null) {
      throw Refusal.invalidValue("Each network interface requires a device index.");
    }
    if (nic.deviceIndex() != 0) {
      throw Refusal.invalidValue("The first network interface must have the device index 0.");
    }
    return new NetworkPlan(
        zone(call, nic.subnetId(), zoneName),
        groups(call, nic.groups(), List.of()),
        !Boolean.FALSE.equals(nic.associatePublicIpAddress()),
        !Boolean.FALSE.equals(nic.deleteOnTermination()),
        nic.description());
  }

  private static Topology.Zone zone(
      Call call, @Nullable String subnetId, @Nullable String zoneName) {
    if (subnetId == null) {
      return zoneName == null
          ? call.topology().zones().get(0)
          : call.topology()
              .zone(zoneName)
              .orElseThrow(
                  () -> Refusal.invalidValue("Invalid availability zone: [" + zoneName + "]"));
    }
    Topology.Zone zone = SubnetActions.require(call, subnetId);
    if (zoneName != null && !zoneName.equals(zone.name())) {
      throw Refusal.invalidValue(
          "The subnet '" + subnetId + "' is not in the availability zone '" + zoneName + "'");
    }
    return zone;
  }

  private static List<String> groups(Call call, List<String> ids, List<String> names) {
    List<String> groupIds =
        Stream.concat(
                Lookup.GROUPS.all(call.state(), ids).stream(),
                names.stream().map(name -> Lookup.groupByName(call, name)))
            .map(GroupRecord::id)
            .distinct()
            .toList();
    return groupIds.isEmpty() ? List.of(call.topology().defaultGroupId()) : groupIds;
  }
}
