package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.GroupRecord;
import io.wizzie.wcs.ami.localregion.state.GroupRecord.Rule;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** The actions on security groups. Nothing filters the guests' traffic by them. */
final class SecurityGroupActions {
  private static final String DEFAULT = "default";

  private SecurityGroupActions() {}

  static CreateSecurityGroupResponse create(Call call, CreateSecurityGroupRequest request) {
    RegionState state = call.state();
    String vpcId = call.topology().vpcId();
    String name = request.groupName();
    if (request.vpcId() != null && !request.vpcId().equals(vpcId)) {
      throw Refusal.of(
          "InvalidVpcID.NotFound", "The vpc ID '" + request.vpcId() + "' does not exist");
    }
    if (name.equals(DEFAULT)) {
      throw Refusal.invalidValue("Cannot use reserved security group name: " + name);
    }
    if (!name.matches("(?!sg-)[a-zA-Z0-9 ._\\-:/()#,@\\[\\]+=&;{}!$*]{1,255}")) {
      throw Refusal.invalidValue(
          ("Invalid value '%s' for groupName. It must be 1 to 255 of a-z, A-Z, 0-9, spaces and"
                  + " ._-:/()#,@[]+=&;{}!$*, and not start with sg-")
              .formatted(name));
    }
    if (!request.description().matches("[a-zA-Z0-9 ._\\-:/()#,@\\[\\]+=&;{}!$*]{0,255}")) {
      throw Refusal.invalidValue(
          "Invalid security group description. Valid descriptions are strings less than 256"
              + " characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
    }
    if (state.groups.values().stream().anyMatch(group -> group.name().equals(name))) {
      throw Refusal.of(
          "InvalidGroup.Duplicate",
          "The security group '" + name + "' already exists for VPC '" + vpcId + "'");
    }
    Tags.check(request.tagSpecifications(), Set.of("security-group"));
    GroupRecord group =
        new GroupRecord(
            Ids.random("sg"), name, request.description(), vpcId, List.of(SecurityRules.allOut()));
    state.groups.put(group.id(), group);
    Tags.apply(call, group.id(), request.tagSpecifications());
    return CreateSecurityGroupResponse.builder()
        .groupId(group.id())
        .securityGroupArn(arn(call, group))
        .tags(Tags.shapes(state, group.id()))
        .build();
  }

  static AuthorizeSecurityGroupIngressResponse authorizeIngress(
      Call call, AuthorizeSecurityGroupIngressRequest request) {
    GroupRecord group = named(call, request.groupId(), request.groupName());
    Tags.check(request.tagSpecifications(), Set.of("security-group-rule"));
    List<Rule> added = RuleReader.read(call, request);
    List<Rule> all = new ArrayList<>(group.rules());
    for (Rule rule : added) {
      if (all.stream().anyMatch(rule::sameAs)) {
        throw Refusal.of(
            "InvalidPermission.Duplicate",
            "the specified rule \"" + SecurityRules.inWords(rule) + "\" already exists");
      }
      all.add(rule);
    }
    call.state().groups.put(group.id(), group.withRules(all));
    added.forEach(rule -> Tags.apply(call, rule.id(), request.tagSpecifications()));
    return AuthorizeSecurityGroupIngressResponse.builder()
        .returnValue(true)
        .securityGroupRules(
            added.stream()
                .map(
                    rule ->
                        SecurityRules.shape(group.id(), rule, Tags.shapes(call.state(), rule.id())))
                .toList())
        .build();
  }

  static DescribeSecurityGroupsResponse describe(Call call, DescribeSecurityGroupsRequest request) {
    Page.notWithIds(request.groupIds(), request.maxResults(), "securityGroupSet");
    Set<GroupRecord> named =
        Set.copyOf(
            Stream.concat(
                    Lookup.GROUPS.all(call.state(), request.groupIds()).stream(),
                    request.groupNames().stream().map(name -> Lookup.groupByName(call, name)))
                .toList());
    List<GroupRecord> groups =
        call.state().groups.values().stream()
            .filter(group -> named.isEmpty() || named.contains(group))
            .toList();
    Page<GroupRecord> page =
        filters(call.state())
            .page(groups, request.filters(), request.maxResults(), 5, request.nextToken());
    return DescribeSecurityGroupsResponse.builder()
        .securityGroups(page.items().stream().map(group -> shape(call, group)).toList())
        .nextToken(page.nextToken())
        .build();
  }

  static DeleteSecurityGroupResponse delete(Call call, DeleteSecurityGroupRequest request) {
    RegionState state = call.state();
    GroupRecord group = named(call, request.groupId(), request.groupName());
    if (group.name().equals(DEFAULT)) {
      throw Refusal.of(
          "CannotDelete",
          "the specified group: \"%s\" name: \"%s\" cannot be deleted by a user"
              .formatted(group.id(), DEFAULT));
    }
    // An instance holds its groups until it is terminated, not only until that was asked for.
    boolean used =
        state.instances.values().stream()
            .filter(instance -> call.stateOf(instance) != InstanceLife.State.TERMINATED)
            .anyMatch(instance -> instance.nic().groupIds().contains(group.id()));
    boolean named =
        state.groups.values().stream()
            .filter(other -> !other.id().equals(group.id()))
            .flatMap(other -> other.rules().stream())
            .anyMatch(rule -> rule.peer().equals(group.id()));
    if (used || named) {
      throw Refusal.of("DependencyViolation", "resource " + group.id() + " has a dependent object");
    }
    state.groups.remove(group.id());
    state.tags.remove(group.id());
    group.rules().forEach(rule -> state.tags.remove(rule.id()));
    return DeleteSecurityGroupResponse.builder().returnValue(true).groupId(group.id()).build();
  }

  /** Every VPC has its own. */
  static void addDefault(Topology topology, RegionState state) {
    GroupRecord group =
        new GroupRecord(
            topology.defaultGroupId(),
            DEFAULT,
            "default VPC security group",
            topology.vpcId(),
            List.of(SecurityRules.fromItself(topology.defaultGroupId()), SecurityRules.allOut()));
    state.groups.putIfAbsent(group.id(), group);
  }

  private static GroupRecord named(Call call, @Nullable String id, @Nullable String name) {
    if (id != null) {
      return Lookup.GROUPS.one(call.state(), id);
    }
    if (name != null) {
      return Lookup.groupByName(call, name);
    }
    throw Refusal.missing("GroupName or GroupId");
  }

  private static FilterMatching<GroupRecord> filters(RegionState state) {
    return new FilterMatching<GroupRecord>(group -> Tags.of(state, group.id()))
        .one("group-id", GroupRecord::id)
        .one("group-name", GroupRecord::name)
        .one("description", GroupRecord::description)
        .one("vpc-id", GroupRecord::vpcId)
        .one("owner-id", group -> Account.ID)
        .all("ip-permission.protocol", ingress(Rule::protocol))
        .all("ip-permission.from-port", ingress(rule -> String.valueOf(rule.fromPort())))
        .all("ip-permission.to-port", ingress(rule -> String.valueOf(rule.toPort())))
        .all("ip-permission.cidr", peers(GroupRecord.PeerKind.IPV4))
        .all("ip-permission.ipv6-cidr", peers(GroupRecord.PeerKind.IPV6))
        .all("ip-permission.prefix-list-id", peers(GroupRecord.PeerKind.PREFIX_LIST))
        .all("ip-permission.group-id", peers(GroupRecord.PeerKind.GROUP));
  }

  private static Function<GroupRecord, Stream<String>> ingress(Function<Rule, String> value) {
    return group -> group.rules().stream().filter(rule -> !rule.egress()).map(value);
  }

  private static Function<GroupRecord, Stream<String>> peers(GroupRecord.PeerKind kind) {
    return group ->
        group.rules().stream()
            .filter(rule -> !rule.egress() && rule.peerKind() == kind)
            .map(Rule::peer);
  }

  private static SecurityGroup shape(Call call, GroupRecord group) {
    return SecurityGroup.builder()
        .groupId(group.id())
        .groupName(group.name())
        .description(group.description())
        .vpcId(group.vpcId())
        .ownerId(Account.ID)
        .securityGroupArn(arn(call, group))
        .ipPermissions(SecurityRules.permissions(group, false))
        .ipPermissionsEgress(SecurityRules.permissions(group, true))
        .tags(Tags.shapes(call.state(), group.id()))
        .build();
  }

  private static String arn(Call call, GroupRecord group) {
    return "arn:aws:ec2:" + call.region() + ":" + Account.ID + ":security-group/" + group.id();
  }
}
