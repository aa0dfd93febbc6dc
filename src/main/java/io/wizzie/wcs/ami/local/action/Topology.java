package io.wizzie.wcs.ami.local.action;

import io.wizzie.wcs.ami.local.state.Ids;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The default VPC of a region with a default subnet in each of three zones: what a new account has,
 * always the same. The addresses of guests are the engine's and need not lie in the subnets'
 * ranges.
 */
record Topology(String region, String vpcId, List<Zone> zones) {
  static final String VPC_CIDR = "10.89.0.0/16";

  /** A zone with its default subnet. */
  record Zone(String name, String id, String subnetId, String cidr) {}

  static Topology of(String region) {
    return new Topology(
        region,
        Ids.of("vpc", region),
        IntStream.range(0, 3)
            .mapToObj(
                number ->
                    new Zone(
                        region + "abc".charAt(number),
                        "local-az" + (number + 1),
                        Ids.of("subnet", region, String.valueOf(number)),
                        "10.89." + 16 * number + ".0/20"))
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
