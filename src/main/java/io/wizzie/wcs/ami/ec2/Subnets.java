package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Chooses where the builder runs. The VPC is known through its subnets alone. */
public record Subnets(Ec2Client client) {
  /**
   * A subnet that the builder may be launched in.
   *
   * @param givesPublicAddress whether instances get a public address unless told otherwise
   */
  public record BuilderSubnet(
      String subnetId,
      String vpcId,
      String availabilityZone,
      String cidrBlock,
      boolean givesPublicAddress) {}

  /**
   * The subnets that serve, all of one VPC, in the order in which they are tried: as the
   * configuration names them, else the one with the most free addresses first. The later ones are
   * for when that one's zone has no capacity.
   *
   * @throws BuildException category CONFIGURATION when there is none, or one that is named does not
   *     serve
   */
  public List<BuilderSubnet> resolve(BuilderSpec builder) {
    return builder.subnetIds().isEmpty() ? matching(builder) : named(builder.subnetIds());
  }

  private List<BuilderSubnet> named(List<String> subnetIds) {
    List<BuilderSubnet> found = new ArrayList<>();
    for (String subnetId : subnetIds) {
      found.add(named(subnetId));
    }
    List<String> vpcs = found.stream().map(BuilderSubnet::vpcId).distinct().toList();
    if (vpcs.size() > 1) {
      throw Category.CONFIGURATION.failure(
          "builder.subnetIds are of different VPCs ("
              + found.stream()
                  .map(subnet -> subnet.subnetId() + " of " + subnet.vpcId())
                  .collect(Collectors.joining(", "))
              + "), but the builder's security group belongs to one: choose subnets of one VPC.");
    }
    return List.copyOf(found);
  }

  // One at a time: of several, EC2 refuses all when one is unknown.
  private BuilderSubnet named(String subnetId) {
    List<Subnet> found =
        Ec2Calls.ifFound(List.of(), () -> describe(request -> request.subnetIds(subnetId)));
    if (found.isEmpty()) {
      throw Category.CONFIGURATION.failure(
          "Subnet "
              + subnetId
              + " does not exist in this region. Check builder.subnetIds and the region.");
    }
    Subnet subnet = found.get(0);
    if (!"available".equals(subnet.stateAsString())) {
      throw Category.CONFIGURATION.failure(
          "Subnet " + subnetId + " is " + subnet.stateAsString() + ", not available.");
    }
    return builderSubnet(subnet);
  }

  private List<BuilderSubnet> matching(BuilderSpec builder) {
    Map<String, List<String>> filters = builder.subnetFilters();
    String none =
        filters.isEmpty()
            ? "This account has no default VPC with a default subnet in the region: set"
                + " builder.subnetIds or builder.subnetFilters."
            : "No available subnet matches builder.subnetFilters (%s) in this region."
                .formatted(Filters.describe(filters));
    List<Filter> wanted =
        Filters.of(filters.isEmpty() ? Map.of("default-for-az", List.of("true")) : filters);
    List<BuilderSubnet> available =
        describe(request -> request.filters(wanted)).stream()
            .filter(subnet -> "available".equals(subnet.stateAsString()))
            .sorted(
                Comparator.comparingInt(Subnets::freeAddresses)
                    .reversed()
                    .thenComparing(Subnet::subnetId))
            .map(Subnets::builderSubnet)
            .toList();
    if (available.isEmpty()) {
      throw Category.CONFIGURATION.failure(none);
    }
    // The temporary group belongs to one VPC.
    String vpcId = available.get(0).vpcId();
    return available.stream().filter(subnet -> subnet.vpcId().equals(vpcId)).toList();
  }

  private List<Subnet> describe(Consumer<DescribeSubnetsRequest.Builder> request) {
    return Ec2Calls.call(
        "DescribeSubnets",
        "Choosing the subnet",
        () -> client.describeSubnetsPaginator(request).subnets().stream().toList());
  }

  private static BuilderSubnet builderSubnet(Subnet subnet) {
    return new BuilderSubnet(
        subnet.subnetId(),
        subnet.vpcId(),
        subnet.availabilityZone() == null ? "" : subnet.availabilityZone(),
        subnet.cidrBlock() == null ? "" : subnet.cidrBlock(),
        Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()));
  }

  private static int freeAddresses(Subnet subnet) {
    return subnet.availableIpAddressCount() == null ? 0 : subnet.availableIpAddressCount();
  }
}
