package io.wizzie.wcs.ami.local.action;

import io.wizzie.wcs.ami.local.query.Refusal;
import io.wizzie.wcs.ami.local.state.GroupRecord;
import io.wizzie.wcs.ami.local.state.GroupRecord.PeerKind;
import io.wizzie.wcs.ami.local.state.GroupRecord.Rule;
import io.wizzie.wcs.ami.local.state.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
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
  private static final String ALL = "-1";

  private SecurityRules() {}

  static Rule allOut() {
    return new Rule(Ids.random("sgr"), true, ALL, -1, -1, PeerKind.IPV4, "0.0.0.0/0", null);
  }

  static Rule fromItself(String groupId) {
    return new Rule(Ids.of("sgr", groupId), false, ALL, -1, -1, PeerKind.GROUP, groupId, null);
  }

  /** The rules of a request, which has them as a list or, for one, as parameters of its own. */
  static List<Rule> read(Call call, AuthorizeSecurityGroupIngressRequest request) {
    List<IpPermission> permissions = new ArrayList<>(request.ipPermissions());
    if (request.ipProtocol() != null || request.cidrIp() != null) {
      if (request.cidrIp() == null) {
        throw Refusal.missing("CidrIp");
      }
      permissions.add(
          IpPermission.builder()
              .ipProtocol(request.ipProtocol())
              .fromPort(request.fromPort())
              .toPort(request.toPort())
              .ipRanges(IpRange.builder().cidrIp(request.cidrIp()).build())
              .build());
    }
    if (request.sourceSecurityGroupName() != null) {
      throw Refusal.invalidCombination(
          "The parameter SourceSecurityGroupName may only be used outside of a VPC");
    }
    if (permissions.isEmpty()) {
      throw Refusal.missing("IpPermissions");
    }
    return permissions.stream().flatMap(permission -> rules(call, permission).stream()).toList();
  }

  private static List<Rule> rules(Call call, IpPermission permission) {
    Shape shape = Shape.of(permission);
    List<Rule> rules = new ArrayList<>();
    for (IpRange range : permission.ipRanges()) {
      rules.add(shape.rule(PeerKind.IPV4, Cidr.checkedV4(range.cidrIp()), range.description()));
    }
    for (Ipv6Range range : permission.ipv6Ranges()) {
      rules.add(shape.rule(PeerKind.IPV6, Cidr.checkedV6(range.cidrIpv6()), range.description()));
    }
    for (PrefixListId list : permission.prefixListIds()) {
      rules.add(shape.rule(PeerKind.PREFIX_LIST, list.prefixListId(), list.description()));
    }
    for (UserIdGroupPair pair : permission.userIdGroupPairs()) {
      GroupRecord peer =
          pair.groupId() != null
              ? Lookup.group(call.state(), pair.groupId())
              : Lookup.groupsByName(call, List.of(String.valueOf(pair.groupName()))).get(0);
      rules.add(shape.rule(PeerKind.GROUP, peer.id(), pair.description()));
    }
    if (rules.isEmpty()) {
      throw Refusal.missing("IpPermissions.IpRanges");
    }
    return rules;
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
    Map<Shape, List<Rule>> byShape = new LinkedHashMap<>();
    group.rules().stream()
        .filter(rule -> rule.egress() == egress)
        .forEach(
            rule ->
                byShape
                    .computeIfAbsent(
                        new Shape(rule.protocol(), rule.fromPort(), rule.toPort()),
                        key -> new ArrayList<>())
                    .add(rule));
    return byShape.entrySet().stream()
        .map(entry -> permission(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static IpPermission permission(Shape shape, List<Rule> rules) {
    boolean all = shape.protocol.equals(ALL);
    return IpPermission.builder()
        .ipProtocol(shape.protocol)
        .fromPort(all ? null : shape.fromPort)
        .toPort(all ? null : shape.toPort)
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

  /** A rule without its peer. */
  private record Shape(String protocol, int fromPort, int toPort) {
    static Shape of(IpPermission permission) {
      if (permission.ipProtocol() == null) {
        throw Refusal.missing("IpPermissions.IpProtocol");
      }
      String protocol =
          switch (permission.ipProtocol().toLowerCase(Locale.ROOT)) {
            case "tcp", "6" -> "tcp";
            case "udp", "17" -> "udp";
            case "icmp", "1" -> "icmp";
            case "icmpv6", "58" -> "icmpv6";
            case "-1", "all" -> ALL;
            default -> number(permission.ipProtocol());
          };
      Integer from = permission.fromPort();
      Integer to = permission.toPort();
      return switch (protocol) {
        case "tcp", "udp" -> ports(protocol, from, to);
        case "icmp", "icmpv6" ->
            new Shape(protocol, from == null ? -1 : from, to == null ? -1 : to);
        // EC2 ignores ports where the protocol has none.
        default -> new Shape(protocol, -1, -1);
      };
    }

    Rule rule(PeerKind kind, @Nullable String peer, @Nullable String description) {
      if (peer == null) {
        throw Refusal.missing("IpPermissions.PrefixListIds.PrefixListId");
      }
      return new Rule(
          Ids.random("sgr"), false, protocol, fromPort, toPort, kind, peer, description);
    }

    private static Shape ports(String protocol, @Nullable Integer from, @Nullable Integer to) {
      if (from == null || to == null) {
        throw Refusal.invalidValue(
            "Invalid value for portRange. Must specify both from and to ports with TCP/UDP.");
      }
      if (from < 0 || to > 65535 || from > to) {
        throw Refusal.invalidValue(
            "Invalid value '" + from + "-" + to + "' for portRange. It must lie in 0-65535.");
      }
      return new Shape(protocol, from, to);
    }

    private static String number(String protocol) {
      if (!protocol.matches("\\d{1,3}") || Integer.parseInt(protocol) > 255) {
        throw Refusal.invalidValue(
            "Invalid value '" + protocol + "' for IP protocol. Unknown protocol.");
      }
      return protocol;
    }
  }
}
