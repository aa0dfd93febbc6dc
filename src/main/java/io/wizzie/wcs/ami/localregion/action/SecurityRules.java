package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.state.GroupRecord;
import io.wizzie.wcs.ami.localregion.state.GroupRecord.PeerKind;
import io.wizzie.wcs.ami.localregion.state.GroupRecord.Rule;
import io.wizzie.wcs.ami.localregion.state.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.ReferencedSecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Rules of security groups, in a request's form and in those of the answers. */
final class SecurityRules {
  static final String ALL = "-1";

  private SecurityRules() {}

  static Rule allOut() {
    return new Rule(Ids.random("sgr"), true, ALL, -1, -1, PeerKind.IPV4, "0.0.0.0/0", null);
  }

  static Rule fromItself(String groupId) {
    return new Rule(Ids.of("sgr", groupId), false, ALL, -1, -1, PeerKind.GROUP, groupId, null);
  }

  /** What EC2 calls a rule when it refuses a second one. */
  static String inWords(Rule rule) {
    String protocol =
        rule.protocol().equals(ALL) ? "ALL" : rule.protocol().toUpperCase(Locale.ROOT);
    String ports =
        rule.fromPort() < 0
            ? ""
            : ", from port: " + rule.fromPort() + ", to port: " + rule.toPort();
    return "peer: " + rule.peer() + ", " + protocol + ports + ", ALLOW";
  }

  static SecurityGroupRule shape(String groupId, Rule rule, List<Tag> tags) {
    return SecurityGroupRule.builder()
        .securityGroupRuleId(rule.id())
        .groupId(groupId)
        .groupOwnerId(Account.ID)
        .isEgress(rule.egress())
        .ipProtocol(rule.protocol())
        .fromPort(rule.fromPort())
        .toPort(rule.toPort())
        .cidrIpv4(rule.peerKind() == PeerKind.IPV4 ? rule.peer() : null)
        .cidrIpv6(rule.peerKind() == PeerKind.IPV6 ? rule.peer() : null)
        .prefixListId(rule.peerKind() == PeerKind.PREFIX_LIST ? rule.peer() : null)
        .referencedGroupInfo(
            rule.peerKind() == PeerKind.GROUP
                ? ReferencedSecurityGroup.builder().groupId(rule.peer()).userId(Account.ID).build()
                : null)
        .description(rule.description())
        .tags(tags)
        .build();
  }

  /** A group's rules as DescribeSecurityGroups has them: one entry for each range of ports. */
  static List<IpPermission> permissions(GroupRecord group, boolean egress) {
    Map<PortRange, List<Rule>> byPorts = new LinkedHashMap<>();
    group.rules().stream()
        .filter(rule -> rule.egress() == egress)
        .forEach(
            rule ->
                byPorts
                    .computeIfAbsent(
                        new PortRange(rule.protocol(), rule.fromPort(), rule.toPort()),
                        key -> new ArrayList<>())
                    .add(rule));
    return byPorts.entrySet().stream()
        .map(entry -> permission(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static IpPermission permission(PortRange ports, List<Rule> rules) {
    boolean all = ports.protocol().equals(ALL);
    return IpPermission.builder()
        .ipProtocol(ports.protocol())
        .fromPort(all ? null : ports.fromPort())
        .toPort(all ? null : ports.toPort())
        .ipRanges(
            of(rules, PeerKind.IPV4).stream()
                .map(
                    rule ->
                        IpRange.builder()
                            .cidrIp(rule.peer())
                            .description(rule.description())
                            .build())
                .toList())
        .ipv6Ranges(
            of(rules, PeerKind.IPV6).stream()
                .map(
                    rule ->
                        Ipv6Range.builder()
                            .cidrIpv6(rule.peer())
                            .description(rule.description())
                            .build())
                .toList())
        .prefixListIds(
            of(rules, PeerKind.PREFIX_LIST).stream()
                .map(
                    rule ->
                        PrefixListId.builder()
                            .prefixListId(rule.peer())
                            .description(rule.description())
                            .build())
                .toList())
        .userIdGroupPairs(
            of(rules, PeerKind.GROUP).stream()
                .map(
                    rule ->
                        UserIdGroupPair.builder()
                            .groupId(rule.peer())
                            .userId(Account.ID)
                            .description(rule.description())
                            .build())
                .toList())
        .build();
  }

  private static List<Rule> of(List<Rule> rules, PeerKind kind) {
    return rules.stream().filter(rule -> rule.peerKind() == kind).toList();
  }
}
