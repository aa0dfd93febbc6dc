package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** The actions on security groups. */
class SecurityGroupsTest extends RegionTest {

  @Test
  void theVpcHasADefaultGroupThatStays() {
    SecurityGroup group = described(DescribeSecurityGroupsRequest.builder()).get(0);

    assertThat(group.groupName()).isEqualTo("default");
    assertThat(group.vpcId()).isEqualTo(ec2.describeSubnets().subnets().get(0).vpcId());
    assertThat(refusal(() -> delete(group.groupId()))).isEqualTo("CannotDelete");
  }

  @Test
  void aGroupIsMadeWithTagsAndOpenToTheOutside() {
    String id =
        ec2.createSecurityGroup(
                request("builder")
                    .tagSpecifications(
                        InstancesTest.tagged(ResourceType.SECURITY_GROUP, "build", "1"))
                    .build())
            .groupId();

    assertThat(described(DescribeSecurityGroupsRequest.builder().groupIds(id)))
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.description()).isEqualTo("For one build");
              assertThat(group.tags()).hasSize(1);
              assertThat(group.ipPermissions()).isEmpty();
              assertThat(group.ipPermissionsEgress())
                  .singleElement()
                  .satisfies(rule -> assertThat(rule.ipProtocol()).isEqualTo("-1"));
            });
  }

  @Test
  void whatIsWrongWithAGroupIsSaidInEc2sWords() {
    create("builder");

    assertThat(refusal(() -> create("builder"))).isEqualTo("InvalidGroup.Duplicate");
    assertThat(refusal(() -> create("default"))).isEqualTo("InvalidParameterValue");
    assertThat(refusal(() -> create("sg-mine"))).isEqualTo("InvalidParameterValue");
    assertThat(
            refusal(
                () ->
                    ec2.createSecurityGroup(
                        request("other").vpcId("vpc-0123456789abcdef0").build())))
        .isEqualTo("InvalidVpcID.NotFound");
    assertThat(
            refusal(
                () ->
                    ec2.createSecurityGroup(
                        CreateSecurityGroupRequest.builder().groupName("other").build())))
        .isEqualTo("MissingParameter");
    assertThat(refusal(() -> delete("sg-0123456789abcdef0"))).isEqualTo("InvalidGroup.NotFound");
    assertThat(refusal(() -> delete("builder"))).isEqualTo("InvalidGroupId.Malformed");
  }

  @Test
  void rulesHaveIdsAndAreDescribedByPorts() {
    String id = create("builder");
    AuthorizeSecurityGroupIngressResponse response =
        authorize(
            id,
            ssh()
                .ipRanges(
                    IpRange.builder().cidrIp("192.0.2.1/32").description("office").build(),
                    IpRange.builder().cidrIp("198.51.100.0/24").build())
                .ipv6Ranges(Ipv6Range.builder().cidrIpv6("2001:db8::/32").build())
                .build());

    assertThat(response.returnValue()).isTrue();
    assertThat(response.securityGroupRules())
        .hasSize(3)
        .allSatisfy(rule -> assertThat(rule.securityGroupRuleId()).matches("sgr-0[0-9a-f]{16}"))
        .extracting(SecurityGroupRule::cidrIpv4)
        .containsExactly("192.0.2.1/32", "198.51.100.0/24", null);
    assertThat(
            described(DescribeSecurityGroupsRequest.builder().groupIds(id)).get(0).ipPermissions())
        .singleElement()
        .satisfies(
            permission -> {
              assertThat(permission.fromPort()).isEqualTo(22);
              assertThat(permission.ipRanges()).hasSize(2);
              assertThat(permission.ipv6Ranges()).hasSize(1);
            });
  }

  @Test
  void aRuleIsThereOnce() {
    String id = create("builder");
    IpPermission rule = ssh().ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build()).build();
    authorize(id, rule);

    assertThat(refused(() -> authorize(id, rule)))
        .hasMessageContaining(
            "the specified rule \"peer: 0.0.0.0/0, TCP, from port: 22, to port: 22, ALLOW\" already"
                + " exists")
        .satisfies(
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidPermission.Duplicate"));
  }

  @Test
  void rulesAreChecked() {
    String id = create("builder");

    assertThat(
            refused(
                () ->
                    authorize(
                        id, ssh().ipRanges(IpRange.builder().cidrIp("192.0.2.1").build()).build())))
        .hasMessageContaining("CIDR block 192.0.2.1 is malformed");
    assertThat(
            refusal(
                () ->
                    authorize(
                        id,
                        ssh()
                            .fromPort(null)
                            .ipRanges(IpRange.builder().cidrIp("192.0.2.1/32").build())
                            .build())))
        .isEqualTo("InvalidParameterValue");
    assertThat(refusal(() -> authorize(id, ssh().build()))).isEqualTo("MissingParameter");
  }

  @Test
  void aRuleCanBeGivenInTheOlderForm() {
    String id = create("builder");
    ec2.authorizeSecurityGroupIngress(
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupName("builder")
            .ipProtocol("TCP")
            .fromPort(22)
            .toPort(22)
            .cidrIp("192.0.2.1/32")
            .build());

    assertThat(
            described(
                DescribeSecurityGroupsRequest.builder()
                    .filters(
                        Filter.builder().name("ip-permission.cidr").values("192.0.2.*").build())))
        .extracting(SecurityGroup::groupId)
        .containsExactly(id);
  }

  @Test
  void aGroupStaysUntilItsInstanceIsTerminated() {
    String id = create("builder");
    String instance = running(oneInstance().securityGroupIds(id)).instanceId();

    assertThat(refusal(() -> delete(id))).isEqualTo("DependencyViolation");
    terminate(instance);
    assertThat(refusal(() -> delete(id))).isEqualTo("DependencyViolation");
    later();
    delete(id);
    assertThat(described(DescribeSecurityGroupsRequest.builder())).hasSize(1);
  }

  @Test
  void aGroupStaysWhileAnothersRuleNamesIt() {
    String one = create("one");
    String other = create("other");
    authorize(
        other, ssh().userIdGroupPairs(UserIdGroupPair.builder().groupId(one).build()).build());

    assertThat(refusal(() -> delete(one))).isEqualTo("DependencyViolation");
    delete(other);
    delete(one);
  }

  private String create(String name) {
    return ec2.createSecurityGroup(request(name).build()).groupId();
  }

  private void delete(String id) {
    ec2.deleteSecurityGroup(DeleteSecurityGroupRequest.builder().groupId(id).build());
  }

  private AuthorizeSecurityGroupIngressResponse authorize(String id, IpPermission permission) {
    return ec2.authorizeSecurityGroupIngress(
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupId(id)
            .ipPermissions(permission)
            .build());
  }

  private List<SecurityGroup> described(DescribeSecurityGroupsRequest.Builder request) {
    return ec2.describeSecurityGroups(request.build()).securityGroups();
  }

  private static CreateSecurityGroupRequest.Builder request(String name) {
    return CreateSecurityGroupRequest.builder().groupName(name).description("For one build");
  }

  private static IpPermission.Builder ssh() {
    return IpPermission.builder().ipProtocol("tcp").fromPort(22).toPort(22);
  }
}
