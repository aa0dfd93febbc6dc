package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.GroupRecord.PeerKind;
import io.wizzie.wcs.ami.localregion.state.GroupRecord.Rule;
import io.wizzie.wcs.ami.localregion.state.Ids;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;

/** What a rule of a security group admits, without whom. */
record PortRange(String protocol, int fromPort, int toPort) {
  static PortRange of(IpPermission permission) {
    if (permission.ipProtocol() == null) {
      throw Refusal.missing("IpPermissions.IpProtocol");
    }
    String protocol =
        switch (permission.ipProtocol().toLowerCase(Locale.ROOT)) {
          case "tcp", "6" -> "tcp";
          case "udp", "17" -> "udp";
          case "icmp", "1" -> "icmp";
          case "icmpv6", "58" -> "icmpv6";
          case "-1", "all" -> SecurityRules.ALL;
          default -> number(permission.ipProtocol());
        };
    Integer from = permission.fromPort();
    Integer to = permission.toPort();
    return switch (protocol) {
      case "tcp", "udp" -> ports(protocol, from, to);
      case "icmp", "icmpv6" ->
          new PortRange(protocol, from == null ? -1 : from, to == null ? -1 : to);
      // EC2 ignores ports where the protocol has none.
      default -> new PortRange(protocol, -1, -1);
    };
  }

  static PortRange of(Rule rule) {
    return new PortRange(rule.protocol(), rule.fromPort(), rule.toPort());
  }

  Rule rule(PeerKind kind, @Nullable String peer, @Nullable String description) {
    if (peer == null) {
      throw Refusal.missing("IpPermissions.PrefixListIds.PrefixListId");
    }
    return new Rule(Ids.random("sgr"), false, protocol, fromPort, toPort, kind, peer, description);
  }

  private static PortRange ports(String protocol, @Nullable Integer from, @Nullable Integer to) {
    if (from == null || to == null) {
      throw Refusal.invalidValue(
          "Invalid value for portRange. Must specify both from and to ports with TCP/UDP.");
    }
    if (from < 0 || to > 65535 || from > to) {
      throw Refusal.invalidValue(
          "Invalid value '" + from + "-" + to + "' for portRange. It must lie in 0-65535.");
    }
    return new PortRange(protocol, from, to);
  }

  private static String number(String protocol) {
    if (!protocol.matches("\\d{1,3}") || Integer.parseInt(protocol) > 255) {
      throw Refusal.invalidValue(
          "Invalid value '" + protocol + "' for IP protocol. Unknown protocol.");
    }
    return protocol;
  }
}
