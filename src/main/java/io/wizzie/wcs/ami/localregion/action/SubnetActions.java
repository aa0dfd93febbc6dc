package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.HostnameType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;

/** DescribeSubnets: the default subnets of the region's {@link Topology}. */
final class SubnetActions {
  private SubnetActions() {}

  static DescribeSubnetsResponse describe(Call call, DescribeSubnetsRequest request) {
    Page.notWithIds(request.subnetIds(), request.maxResults(), "subnetSet");
    request.subnetIds().forEach(id -> require(call, id));
    List<Topology.Zone> zones =
        call.topology().zones().stream()
            .filter(
                zone ->
                    request.subnetIds().isEmpty() || request.subnetIds().contains(zone.subnetId()))
            .toList();
    Page<Topology.Zone> page =
        filters(call).page(zones, request.filters(), request.maxResults(), 5, request.nextToken());
    return DescribeSubnetsResponse.builder()
        .subnets(page.items().stream().map(zone -> shape(call, zone)).toList())
        .nextToken(page.nextToken())
        .build();
  }

  /** The zone of a subnet that a request names. */
  static Topology.Zone require(Call call, String subnetId) {
    if (!Ids.wellFormed("subnet", subnetId)) {
      throw Refusal.of(
          "InvalidSubnetID.Malformed",
          "Invalid id: \"" + subnetId + "\" (expecting \"subnet-...\")");
    }
    return call.topology()
        .bySubnet(subnetId)
        .orElseThrow(
            () ->
                Refusal.of(
                    "InvalidSubnetID.NotFound", "The subnet ID '" + subnetId + "' does not exist"));
  }

  private static FilterMatching<Topology.Zone> filters(Call call) {
    RegionState state = call.state();
    return new FilterMatching<Topology.Zone>(zone -> Tags.of(state, zone.subnetId()))
        .one("subnet-id", Topology.Zone::subnetId)
        .one("vpc-id", zone -> call.topology().vpcId())
        .one("availability-zone", Topology.Zone::name)
        .one("availabilityZone", Topology.Zone::name)
        .one("availability-zone-id", Topology.Zone::id)
        .one("cidr-block", Topology.Zone::cidr)
        .one("default-for-az", zone -> true)
        .one("defaultForAz", zone -> true)
        .one("map-public-ip-on-launch", zone -> true)
        .one("available-ip-address-count", Topology.Zone::addresses)
        .one("owner-id", zone -> Account.ID)
        .one("state", zone -> SubnetState.AVAILABLE)
        .one("subnet-arn", zone -> arn(call, zone));
  }

  private static Subnet shape(Call call, Topology.Zone zone) {
    return Subnet.builder()
        .subnetId(zone.subnetId())
        .subnetArn(arn(call, zone))
        .vpcId(call.topology().vpcId())
        .ownerId(Account.ID)
        .availabilityZone(zone.name())
        .availabilityZoneId(zone.id())
        .cidrBlock(zone.cidr())
        .availableIpAddressCount(zone.addresses())
        .defaultForAz(true)
        .mapPublicIpOnLaunch(true)
        .mapCustomerOwnedIpOnLaunch(false)
        .assignIpv6AddressOnCreation(false)
        .ipv6Native(false)
        .enableDns64(false)
        .state(SubnetState.AVAILABLE)
        .privateDnsNameOptionsOnLaunch(
            one ->
                one.hostnameType(HostnameType.RESOURCE_NAME)
                    .enableResourceNameDnsARecord(false)
                    .enableResourceNameDnsAAAARecord(false))
        .tags(Tags.shapes(call.state(), zone.subnetId()))
        .build();
  }

  private static String arn(Call call, Topology.Zone zone) {
    return "arn:aws:ec2:" + call.region() + ":" + Account.ID + ":subnet/" + zone.subnetId();
  }
}
