package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;

/** DescribeSubnets and DescribeRegions. */
class SurroundingsTest extends RegionTest {

  @Test
  void aDefaultVpcHasASubnetInEachOfThreeZones() {
    List<Subnet> subnets = ec2.describeSubnets().subnets();

    assertThat(subnets)
        .extracting(Subnet::availabilityZone)
        .containsExactly("locala", "localb", "localc");
    assertThat(subnets).extracting(Subnet::vpcId).containsOnly(subnets.get(0).vpcId());
    assertThat(subnets).extracting(Subnet::subnetId).doesNotHaveDuplicates();
    assertThat(subnets).allSatisfy(subnet -> assertThat(subnet.defaultForAz()).isTrue());
    ec2 = client("eu-west-1");
    assertThat(ec2.describeSubnets().subnets())
        .extracting(Subnet::subnetId)
        .doesNotContainAnyElementsOf(subnets.stream().map(Subnet::subnetId).toList());
  }

  @Test
  void filtersSelectSubnets() {
    Subnet second = ec2.describeSubnets().subnets().get(1);
    ec2.createTags(
        CreateTagsRequest.builder()
            .resources(second.subnetId())
            .tags(Tag.builder().key("use").value("builds").build())
            .build());

    assertThat(found("default-for-az", "true")).hasSize(3);
    assertThat(found("default-for-az", "false")).isEmpty();
    assertThat(found("vpc-id", second.vpcId())).hasSize(3);
    assertThat(found("availability-zone", "localb")).containsExactly(second.subnetId());
    assertThat(found("subnet-id", second.subnetId())).containsExactly(second.subnetId());
    assertThat(found("tag:use", "build*")).containsExactly(second.subnetId());
    assertThat(
            refusal(
                () ->
                    ec2.describeSubnets(
                        DescribeSubnetsRequest.builder()
                            .subnetIds("subnet-0123456789abcdef0")
                            .build())))
        .isEqualTo("InvalidSubnetID.NotFound");
  }

  @Test
  void allRegionsAreBehindThisEndpoint() {
    List<Region> regions = ec2.describeRegions().regions();

    assertThat(regions)
        .extracting(Region::regionName)
        .contains("local", "us-east-1", "eu-west-1")
        .doesNotContain("aws-global", "cn-north-1");
    assertThat(regions).extracting(Region::endpoint).containsOnly(region.endpoint().getAuthority());
    assertThat(
            ec2.describeRegions(DescribeRegionsRequest.builder().regionNames("us-east-1").build())
                .regions())
        .hasSize(1);
    assertThat(
            refusal(
                () ->
                    ec2.describeRegions(
                        DescribeRegionsRequest.builder().regionNames("mars").build())))
        .isEqualTo("InvalidParameterValue");
  }

  private List<String> found(String filter, String value) {
    return ec2
        .describeSubnets(
            DescribeSubnetsRequest.builder()
                .filters(Filter.builder().name(filter).values(value).build())
                .build())
        .subnets()
        .stream()
        .map(Subnet::subnetId)
        .toList();
  }

  @Test
  void theVpcIsTheGuestsNetworkAndSubnetsArePartsOfIt() {
    assertThat(ec2.describeSubnets().subnets())
        .extracting(Subnet::cidrBlock)
        .containsExactly("10.88.0.0/26", "10.88.0.64/26", "10.88.0.128/26");
    assertThat(ec2.describeSubnets().subnets())
        .extracting(Subnet::availableIpAddressCount)
        .containsOnly(59);
    Instance instance = running();
    String mac = instance.networkInterfaces().get(0).macAddress();
    assertThat(engine.request(instance.instanceId()).metadata())
        .containsEntry("network/interfaces/macs/" + mac + "/subnet-ipv4-cidr-block", "10.88.0.0/26")
        .containsEntry("network/interfaces/macs/" + mac + "/vpc-ipv4-cidr-block", "10.88.0.0/24");
  }
}
