package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.state.GroupRecord;
import io.wizzie.wcs.ami.localregion.state.GroupRecord.PeerKind;
import io.wizzie.wcs.ami.localregion.state.GroupRecord.Rule;
import io.wizzie.wcs.ami.localregion.state.Ids;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    return group.rules().stream()
        .filter(rule -> rule.egress() == egress)
        .collect(Collectors.groupingBy(PortRange::of, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
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
            peers(
                rules,
                PeerKind.IPV4,
                (peer, why) -> IpRange.builder().cidrIp(peer).description(why).build()))
        .ipv6Ranges(
            peers(
                rules,
                PeerKind.IPV6,
                (peer, why) -> Ipv6Range.builder().cidrIpv6(peer).description(why).build()))
        .prefixListIds(
            peers(
                rules,
                PeerKind.PREFIX_LIST,
                (peer, why) -> PrefixListId.builder().prefixListId(peer).description(why).build()))
        .userIdGroupPairs(
            peers(
                rules,
                PeerKind.GROUP,
                (peer, why) ->
                    UserIdGroupPair.builder()
                        .groupId(peer)
                        .userId(Account.ID)
                        .description(why)
                        .build()))
        .build();
  }

  private static <T> List<T> peers(
      List<Rule> rules, PeerKind kind, BiFunction<String, @Nullable String, T> shape) {
    return rules.stream()
        .filter(rule -> rule.peerKind() == kind)
        .map(rule -> shape.apply(rule.peer(), rule.description()))
        .toList();
  }
}
