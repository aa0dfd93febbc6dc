package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.spec.BuilderSpec;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Chooses where the builder runs. The VPC is known through its subnets alone. */
public final class Subnets {
  private final Ec2Client client;

  public Subnets(Ec2Client client) {
    this.client = client;
  }

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
   * The subnets that serve, all of one VPC, the one with the most free addresses first; the later
   * ones are for when that one's zone has no capacity.
   *
   * @throws BuildException category CONFIGURATION when there is none
   */
  public List<BuilderSubnet> resolve(BuilderSpec builder) {
    DescribeSubnetsRequest.Builder request = DescribeSubnetsRequest.builder();
    String none;
    if (builder.subnetId() != null) {
      request.subnetIds(builder.subnetId());
      none = "Subnet " + builder.subnetId() + " does not exist. Check builder.subnetId.";
    } else if (!builder.subnetFilters().isEmpty()) {
      request.filters(Filters.of(builder.subnetFilters()));
      none =
          "No available subnet matches builder.subnetFilters ("
              + Filters.describe(builder.subnetFilters())
              + ") in this region.";
    } else {
      request.filters(Filters.of("default-for-az", "true"));
      none =
          "This account has no default VPC with a default subnet in the region: set"
              + " builder.subnetId or builder.subnetFilters.";
    }
    List<Subnet> found =
        Ec2Calls.call(
            "DescribeSubnets",
            "Choosing the subnet",
            () -> client.describeSubnetsPaginator(request.build()).subnets().stream().toList());
    List<BuilderSubnet> available =
        found.stream()
            .filter(subnet -> "available".equals(subnet.stateAsString()))
            .sorted(
                Comparator.comparingInt(Subnets::freeAddresses)
                    .reversed()
                    .thenComparing(Subnet::subnetId))
            .map(Subnets::builderSubnet)
            .toList();
    if (available.isEmpty()) {
      throw new BuildException(Category.CONFIGURATION, none);
    }
    // The temporary group belongs to one VPC.
    String vpcId = available.get(0).vpcId();
    return available.stream().filter(subnet -> subnet.vpcId().equals(vpcId)).toList();
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
