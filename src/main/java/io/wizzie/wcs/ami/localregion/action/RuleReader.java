package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.GroupRecord;
import io.wizzie.wcs.ami.localregion.state.GroupRecord.PeerKind;
import io.wizzie.wcs.ami.localregion.state.GroupRecord.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Reads the rules of a request. */
final class RuleReader {
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern V4 =
      Pattern.compile(BYTE + "(\\." + BYTE + "){3}/([12]?\\d|3[0-2])");
  private static final Pattern V6 =
      Pattern.compile("(?=.*:)[0-9a-fA-F:.]+/(\\d|[1-9]\\d|1[01]\\d|12[0-8])");

  private RuleReader() {}

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
    PortRange ports = PortRange.of(permission);
    List<Rule> rules = new ArrayList<>();
    for (IpRange range : permission.ipRanges()) {
      rules.add(ports.rule(PeerKind.IPV4, checked(V4, range.cidrIp()), range.description()));
    }
    for (Ipv6Range range : permission.ipv6Ranges()) {
      rules.add(ports.rule(PeerKind.IPV6, checked(V6, range.cidrIpv6()), range.description()));
    }
    for (PrefixListId list : permission.prefixListIds()) {
      rules.add(ports.rule(PeerKind.PREFIX_LIST, list.prefixListId(), list.description()));
    }
    for (UserIdGroupPair pair : permission.userIdGroupPairs()) {
      GroupRecord peer =
          pair.groupId() != null
              ? Lookup.GROUPS.one(call.state(), pair.groupId())
              : Lookup.groupByName(call, String.valueOf(pair.groupName()));
      rules.add(ports.rule(PeerKind.GROUP, peer.id(), pair.description()));
    }
    if (rules.isEmpty()) {
      throw Refusal.missing("IpPermissions.IpRanges");
    }
    return rules;
  }

  /** An address range as EC2 wants it, with the prefix length, always. */
  private static String checked(Pattern form, @Nullable String cidr) {
    if (cidr == null || !form.matcher(cidr).matches()) {
      throw Refusal.invalidValue("CIDR block " + cidr + " is malformed");
    }
    return cidr;
  }
}
