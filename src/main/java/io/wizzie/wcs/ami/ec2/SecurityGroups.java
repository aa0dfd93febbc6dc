package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Temporary security groups. */
public record SecurityGroups(Ec2Client client, Waiter waiter) {
  // Seen while a network interface of an instance that has just terminated still holds the group.
  private static final Set<String> IN_USE =
      Set.of("DependencyViolation", "InvalidGroup.InUse", "InvalidGroup.Reserved");

  private static final String RULE_NOTE = "wcs-ami builder";

  /**
   * Creates a group that admits nobody yet.
   *
   * @param name unique to the build
   * @return its ID
   */
  public String create(String name, String vpcId, String buildId, Map<String, String> tags) {
    try {
      return Ec2Calls.call(
              "CreateSecurityGroup",
              "Creating security group " + name,
              () ->
                  client.createSecurityGroup(
                      request ->
                          request
                              .groupName(name)
                              .description("Temporary, of the image build " + buildId)
                              .vpcId(vpcId)
                              .tagSpecifications(
                                  ProjectTags.specification(ResourceType.SECURITY_GROUP, tags))))
          .groupId();
    } catch (Ec2CallException failed) {
      if (failed.code().equals("InvalidGroup.Duplicate")) {
        // A call was repeated whose connection dropped after the group was made.
        List<String> own = waiter.awaitVisible("security group " + name, () -> find(name, buildId));
        if (!own.isEmpty()) {
          return own.get(0);
        }
      }
      throw failed;
    }
  }

  /**
   * Refuses groups that are not there, or in another VPC than the builder.
   *
   * @param groupIds of the configuration
   * @throws BuildException category CONFIGURATION, naming every one of them
   */
  public void requireIn(String vpcId, List<String> groupIds) {
    // By a filter, which passes over what is unknown: of IDs, EC2 refuses all for one.
    Map<String, String> vpcs =
        describe("Checking builder.securityGroupIds", Filters.of("group-id", groupIds)).stream()
            .collect(
                Collectors.toMap(
                    SecurityGroup::groupId, each -> String.valueOf(each.vpcId()), (a, b) -> a));
    List<String> wrong =
        groupIds.stream()
            .filter(groupId -> !vpcId.equals(vpcs.get(groupId)))
            .map(
                groupId ->
                    vpcs.containsKey(groupId)
                        ? groupId + " is in " + vpcs.get(groupId)
                        : groupId + " does not exist in this region")
            .toList();
    if (!wrong.isEmpty()) {
      throw Category.CONFIGURATION.failure(
          "builder.securityGroupIds can't be used, the builder being launched in %s: %s."
              .formatted(vpcId, String.join("; ", wrong)));
    }
  }

  /** IDs of the groups of that name which the build made. */
  public List<String> find(String name, String buildId) {
    return describe(
            "Finding security group " + name,
            Filters.of("group-name", name),
            Filters.of("tag:" + ProjectTags.BUILD_ID, buildId))
        .stream()
        .map(SecurityGroup::groupId)
        .toList();
  }

  private List<SecurityGroup> describe(String doing, Filter... filters) {
    return Ec2Calls.call(
            "DescribeSecurityGroups",
            doing,
            () -> client.describeSecurityGroups(request -> request.filters(filters)))
        .securityGroups();
  }

  /** Admits TCP connections to a port from IPv4 and IPv6 ranges. */
  public void authorize(String groupId, int port, List<String> cidrs, Map<String, String> tags) {
    try {
      // A group may be unknown to the part of EC2 that answers the next call.
      waiter.retrying(
          "Authorizing " + groupId,
          waiter.timeouts().visible(),
          Set.of("InvalidGroup.NotFound", "InvalidGroupId.NotFound"),
          () ->
              Ec2Calls.call(
                  "AuthorizeSecurityGroupIngress",
                  "Admitting " + String.join(", ", cidrs) + " to " + groupId,
                  () ->
                      client.authorizeSecurityGroupIngress(
                          request ->
                              request
                                  .groupId(groupId)
                                  .ipPermissions(permission(port, cidrs))
                                  .tagSpecifications(
                                      ProjectTags.specification(
                                          ResourceType.SECURITY_GROUP_RULE, tags)))));
    } catch (Ec2CallException failed) {
      // What the group is to admit it admits: a repeated call came through twice.
      if (!failed.code().equals("InvalidPermission.Duplicate")) {
        throw failed;
      }
    }
  }

  /** As {@link #find}, of a call whose answer was lost: waits until EC2 would know. */
  public List<String> findLost(String name, String buildId) {
    return waiter.awaitPossiblyCreated("a security group " + name, () -> find(name, buildId));
  }

  /**
   * Deletes a group, waiting while something still uses it; one that is gone is no error.
   *
   * @param madeAt when it was created; null when that is long ago
   */
  public void delete(String groupId, @Nullable Instant madeAt) {
    waiter.deleteOnceReleased(
        groupId,
        madeAt,
        IN_USE,
        () ->
            Ec2Calls.call(
                "DeleteSecurityGroup",
                "Deleting security group " + groupId,
                () -> client.deleteSecurityGroup(request -> request.groupId(groupId))));
  }

  private static IpPermission permission(int port, List<String> cidrs) {
    List<IpRange> ipv4 =
        cidrs.stream()
            .filter(cidr -> !cidr.contains(":"))
            .map(cidr -> IpRange.builder().cidrIp(cidr).description(RULE_NOTE).build())
            .toList();
    List<Ipv6Range> ipv6 =
        cidrs.stream()
            .filter(cidr -> cidr.contains(":"))
            .map(cidr -> Ipv6Range.builder().cidrIpv6(cidr).description(RULE_NOTE).build())
            .toList();
    IpPermission.Builder permission =
        IpPermission.builder().ipProtocol("tcp").fromPort(port).toPort(port);
    // Empty lists are left out: they would be sent as parameters without a value.
    if (!ipv4.isEmpty()) {
      permission.ipRanges(ipv4);
    }
    if (!ipv6.isEmpty()) {
      permission.ipv6Ranges(ipv6);
    }
    return permission.build();
  }
}
