package io.wizzie.wcs.ami.localregion.contract;

import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_GROUP;
import static io.wizzie.wcs.ami.localregion.contract.Situation.filter;
import static io.wizzie.wcs.ami.localregion.contract.Situation.form;
import static io.wizzie.wcs.ami.localregion.contract.Situation.tagged;
import static io.wizzie.wcs.ami.localregion.contract.Situation.text;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** The four actions on security groups. */
final class SecurityGroupCases {
  private SecurityGroupCases() {}

  static List<Case> all() {
    return Stream.of(create(), authorize(), describe(), delete())
        .flatMap(table -> table.cases().stream())
        .toList();
  }

  private static CaseTable create() {
    return CaseTable.of("CreateSecurityGroup")
        .answers("the new group's ID", "sg-17", s -> form(s.group("build")))
        .answers(
            "in the default VPC where none is named",
            true,
            s -> {
              String id =
                  s.ec2().createSecurityGroup(r -> r.groupName("build").description("d")).groupId();
              return group(s, id).vpcId().equals(s.vpcId());
            })
        .answers(
            "a new group lets everything out and nothing in",
            "[0, -1 0.0.0.0/0]",
            s -> {
              SecurityGroup group = group(s, s.group("build"));
              IpPermission out = group.ipPermissionsEgress().get(0);
              return List.of(
                  group.ipPermissions().size(),
                  out.ipProtocol() + " " + out.ipRanges().get(0).cidrIp());
            })
        .answers(
            "tags of the creating call",
            "[Name=x]",
            s ->
                text(
                    s.ec2()
                        .createSecurityGroup(
                            r ->
                                r.groupName("build")
                                    .description("d")
                                    .tagSpecifications(
                                        tagged(ResourceType.SECURITY_GROUP, "Name", "x")))
                        .tags()))
        .refuses(
            "a second of the same name in the VPC",
            "InvalidGroup.Duplicate",
            s -> {
              s.group("build");
              s.group("build");
            })
        .refuses(
            "a VPC that is not there",
            "InvalidVpcID.NotFound",
            s ->
                s.ec2()
                    .createSecurityGroup(
                        r -> r.groupName("build").description("d").vpcId("vpc-0123456789abcdef0")))
        .refuses(
            "no description",
            "MissingParameter",
            s -> s.ec2().createSecurityGroup(r -> r.groupName("build")))
        .refuses(
            "a name that begins like an ID",
            "InvalidParameterValue",
            s -> s.ec2().createSecurityGroup(r -> r.groupName("sg-build").description("d")))
        .refuses(
            "the name of the default group",
            "InvalidParameterValue",
            s -> s.ec2().createSecurityGroup(r -> r.groupName("default").description("d")));
  }

  private static CaseTable authorize() {
    return CaseTable.of("AuthorizeSecurityGroupIngress")
        .answers(
            "the new rule, by the single parameters",
            "[true, sgr-17 tcp 22-22 192.0.2.1/32 false]",
            s -> {
              String id = s.group("build");
              var answer = ssh(s, id, "192.0.2.1/32");
              return List.of(answer.returnValue(), inWords(answer.securityGroupRules().get(0)));
            })
        .answers(
            "the new rules, by permissions with several ranges",
            "[192.0.2.0/24, 198.51.100.0/24]",
            s -> {
              String id = s.group("build");
              s.ec2()
                  .authorizeSecurityGroupIngress(
                      r ->
                          r.groupId(id)
                              .ipPermissions(
                                  permission("tcp", 22)
                                      .ipRanges(range("192.0.2.0/24"), range("198.51.100.0/24"))
                                      .build()));
              return group(s, id).ipPermissions().get(0).ipRanges().stream()
                  .map(IpRange::cidrIp)
                  .sorted()
                  .toList();
            })
        .answers(
            "descriptions and tags of rules",
            "[from home, Name=x]",
            s -> {
              String id = s.group("build");
              SecurityGroupRule rule =
                  s.ec2()
                      .authorizeSecurityGroupIngress(
                          r ->
                              r.groupId(id)
                                  .ipPermissions(
                                      permission("tcp", 22)
                                          .ipRanges(
                                              IpRange.builder()
                                                  .cidrIp("192.0.2.1/32")
                                                  .description("from home")
                                                  .build())
                                          .build())
                                  .tagSpecifications(
                                      tagged(ResourceType.SECURITY_GROUP_RULE, "Name", "x")))
                      .securityGroupRules()
                      .get(0);
              return List.of(rule.description(), text(rule.tags()).get(0));
            })
        .answers(
            "another group as the source",
            true,
            s -> {
              String id = s.group("build");
              String other = s.group("other");
              s.ec2()
                  .authorizeSecurityGroupIngress(
                      r ->
                          r.groupId(id)
                              .ipPermissions(
                                  permission("tcp", 22)
                                      .userIdGroupPairs(
                                          UserIdGroupPair.builder().groupId(other).build())
                                      .build()));
              return group(s, id)
                  .ipPermissions()
                  .get(0)
                  .userIdGroupPairs()
                  .get(0)
                  .groupId()
                  .equals(other);
            })
        .refuses(
            "the same rule twice",
            "InvalidPermission.Duplicate",
            s -> {
              String id = s.group("build");
              ssh(s, id, "192.0.2.1/32");
              ssh(s, id, "192.0.2.1/32");
            })
        .refuses(
            "a group that is not there",
            "InvalidGroup.NotFound",
            s -> ssh(s, NO_GROUP, "192.0.2.1/32"))
        .refuses(
            "what is no range", "InvalidParameterValue", s -> ssh(s, s.group("build"), "somewhere"))
        .refuses(
            "no rule at all",
            "MissingParameter",
            s -> {
              String id = s.group("build");
              s.ec2().authorizeSecurityGroupIngress(r -> r.groupId(id));
            });
  }

  private static CaseTable describe() {
    return CaseTable.of("DescribeSecurityGroups")
        .answers(
            "the default group is there from the beginning",
            "[default]",
            s ->
                s
                    .ec2()
                    .describeSecurityGroups(r -> r.filters(filter("vpc-id", s.vpcId())))
                    .securityGroups()
                    .stream()
                    .map(SecurityGroup::groupName)
                    .toList())
        .answers(
            "by a filter with a wildcard",
            "[build-1, build-2]",
            s -> {
              s.group("build-1");
              s.group("build-2");
              s.group("other");
              return s
                  .ec2()
                  .describeSecurityGroups(r -> r.filters(filter("group-name", "build-*")))
                  .securityGroups()
                  .stream()
                  .map(SecurityGroup::groupName)
                  .sorted()
                  .toList();
            })
        .answers(
            "by a filter on a rule",
            "[build]",
            s -> {
              ssh(s, s.group("build"), "192.0.2.1/32");
              return s
                  .ec2()
                  .describeSecurityGroups(
                      r -> r.filters(filter("ip-permission.cidr", "192.0.2.1/32")))
                  .securityGroups()
                  .stream()
                  .map(SecurityGroup::groupName)
                  .toList();
            })
        .answers(
            "in pages",
            "[5, true]",
            s -> {
              for (int i = 0; i < 6; i++) {
                s.group("build-" + i);
              }
              var page = s.ec2().describeSecurityGroups(r -> r.maxResults(5));
              return List.of(page.securityGroups().size(), page.nextToken() != null);
            })
        .refuses(
            "an ID that is not there",
            "InvalidGroup.NotFound",
            s -> s.ec2().describeSecurityGroups(r -> r.groupIds(NO_GROUP)))
        .refuses(
            "what is no ID",
            "InvalidGroupId.Malformed",
            s -> s.ec2().describeSecurityGroups(r -> r.groupIds("sg-zzz")))
        .refuses(
            "a name that is not there",
            "InvalidGroup.NotFound",
            s -> s.ec2().describeSecurityGroups(r -> r.groupNames("nobody")))
        .refuses(
            "an unknown filter",
            "InvalidParameterValue",
            s -> s.ec2().describeSecurityGroups(r -> r.filters(filter("colour", "red"))));
  }

  private static CaseTable delete() {
    return CaseTable.of("DeleteSecurityGroup")
        .refuses(
            "is gone then",
            "InvalidGroup.NotFound",
            s -> {
              String id = s.group("build");
              s.ec2().deleteSecurityGroup(r -> r.groupId(id));
              group(s, id);
            })
        .refuses(
            "one that an instance is in",
            "DependencyViolation",
            s -> {
              String id = s.group("build");
              s.running(r -> r.securityGroupIds(id));
              s.ec2().deleteSecurityGroup(r -> r.groupId(id));
            })
        .answers(
            "when its instance is terminated",
            "deleted",
            s -> {
              String id = s.group("build");
              String instanceId = s.running(r -> r.securityGroupIds(id));
              s.ec2().terminateInstances(r -> r.instanceIds(instanceId));
              s.later();
              s.ec2().deleteSecurityGroup(r -> r.groupId(id));
              return "deleted";
            })
        .refuses(
            "one that another's rule names",
            "DependencyViolation",
            s -> {
              String id = s.group("build");
              String other = s.group("other");
              s.ec2()
                  .authorizeSecurityGroupIngress(
                      r ->
                          r.groupId(other)
                              .ipPermissions(
                                  permission("tcp", 22)
                                      .userIdGroupPairs(
                                          UserIdGroupPair.builder().groupId(id).build())
                                      .build()));
              s.ec2().deleteSecurityGroup(r -> r.groupId(id));
            })
        .refuses(
            "the default group",
            "CannotDelete",
            s -> {
              String id =
                  s.ec2()
                      .describeSecurityGroups(r -> r.filters(filter("group-name", "default")))
                      .securityGroups()
                      .get(0)
                      .groupId();
              s.ec2().deleteSecurityGroup(r -> r.groupId(id));
            })
        .refuses(
            "one that is not there",
            "InvalidGroup.NotFound",
            s -> s.ec2().deleteSecurityGroup(r -> r.groupId(NO_GROUP)))
        .refuses(
            "neither name nor ID", "MissingParameter", s -> s.ec2().deleteSecurityGroup(r -> {}));
  }

  private static AuthorizeSecurityGroupIngressResponse ssh(
      Situation s, String groupId, String cidr) {
    return s.ec2()
        .authorizeSecurityGroupIngress(
            r -> r.groupId(groupId).ipProtocol("tcp").fromPort(22).toPort(22).cidrIp(cidr));
  }

  private static IpPermission.Builder permission(String protocol, int port) {
    return IpPermission.builder().ipProtocol(protocol).fromPort(port).toPort(port);
  }

  private static IpRange range(String cidr) {
    return IpRange.builder().cidrIp(cidr).build();
  }

  private static String inWords(SecurityGroupRule rule) {
    return form(rule.securityGroupRuleId())
        + " "
        + rule.ipProtocol()
        + " "
        + rule.fromPort()
        + "-"
        + rule.toPort()
        + " "
        + rule.cidrIpv4()
        + " "
        + rule.isEgress();
  }

  private static SecurityGroup group(Situation s, String id) {
    return s.ec2().describeSecurityGroups(r -> r.groupIds(id)).securityGroups().get(0);
  }
}
