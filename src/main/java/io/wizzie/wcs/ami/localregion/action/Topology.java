package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.state.Ids;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The default VPC of a region with a default subnet in each of three zones: what a new account has,
 * always the same. The VPC is the guests' network, each subnet a quarter of it.
 *
 * @param cidr of the VPC
 */
record Topology(String region, String vpcId, String cidr, List<Zone> zones) {
  /** A zone with its default subnet; EC2 keeps five addresses of each for itself. */
  record Zone(String name, String id, String subnetId, String cidr, int addresses) {}

  /**
   * @param network of the guests, in CIDR notation
   */
  static Topology of(String region, String network) {
    AddressBlock vpc = AddressBlock.parse(network);
    return new Topology(
        region,
        Ids.of("vpc", region),
        network,
        IntStream.range(0, 3)
            .mapToObj(
                number ->
                    new Zone(
                        region + "abc".charAt(number),
                        "local-az" + (number + 1),
                        Ids.of("subnet", region, String.valueOf(number)),
                        vpc.quarter(number).toString(),
                        vpc.quarter(number).addresses() - 5))
            .toList());
  }

  Optional<Zone> zone(String name) {
    return zones.stream().filter(zone -> zone.name().equals(name)).findFirst();
  }

  Optional<Zone> bySubnet(String subnetId) {
    return zones.stream().filter(zone -> zone.subnetId().equals(subnetId)).findFirst();
  }

  String defaultGroupId() {
    return Ids.of("sg", region, "default");
  }

  /** What EC2 puts behind a host name. */
  String domain() {
    return region.equals("us-east-1") ? "ec2.internal" : region + ".compute.internal";
  }
}
