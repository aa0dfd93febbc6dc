package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.model.RegionStatus;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.regions.RegionMetadata;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;

/** DescribeRegions: those of AWS and the local one, all of them behind this one endpoint. */
final class KnownRegions {
  private KnownRegions() {}

  static DescribeRegionsResponse describe(Call call, DescribeRegionsRequest request) {
    SortedSet<String> names = known(call.region());
    for (String name : request.regionNames()) {
      if (!names.contains(name)) {
        throw Refusal.invalidValue("Invalid region provided: " + name);
      }
    }
    List<Region> regions =
        names.stream()
            .filter(name -> request.regionNames().isEmpty() || request.regionNames().contains(name))
            .map(
                name ->
                    Region.builder()
                        .regionName(name)
                        .endpoint(call.endpoint())
                        .optInStatus("opt-in-not-required")
                        .build())
            .toList();
    return DescribeRegionsResponse.builder()
        .regions(
            new FilterMatching<Region>(region -> Collections.emptySortedMap())
                .one("region-name", Region::regionName)
                .one("endpoint", Region::endpoint)
                .one("opt-in-status", Region::optInStatus)
                .select(regions, request.filters()))
        .build();
  }

  /** Every region there is for a caller in the current one. */
  static SortedSet<String> known(String current) {
    SortedSet<String> names = new TreeSet<>(List.of(RegionStatus.REGION));
    names.add(current);
    for (software.amazon.awssdk.regions.Region region :
        software.amazon.awssdk.regions.Region.regions()) {
      RegionMetadata metadata = region.metadata();
      if (!region.isGlobalRegion() && metadata != null && metadata.partition().id().equals("aws")) {
        names.add(region.id());
      }
    }
    return names;
  }
}
