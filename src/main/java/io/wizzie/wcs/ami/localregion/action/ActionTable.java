package io.wizzie.wcs.ami.localregion.action;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The 32 actions that the project's policy allows, and no other. */
final class ActionTable {
  private static final String NO_VOLUMES =
      "The local region has no block devices: volumes can't be attached to or detached from a"
          + " running guest";
  private static final String NO_WINDOWS =
      "The local region has no Windows guests, so there are no passwords to get";

  private static final Map<String, Action> ACTIONS =
      Stream.of(
              Action.of("CreateKeyPair", KeyPairActions::create, "KeyName"),
              Action.of("DeleteKeyPair", KeyPairActions::delete),
              Action.of(
                  "CreateSecurityGroup",
                  SecurityGroupActions::create,
                  "GroupName",
                  "GroupDescription"),
              Action.of("AuthorizeSecurityGroupIngress", SecurityGroupActions::authorizeIngress),
              Action.of("DescribeSecurityGroups", SecurityGroupActions::describe),
              Action.of("DeleteSecurityGroup", SecurityGroupActions::delete),
              Action.of("RunInstances", InstanceActions::run, "ImageId", "MinCount", "MaxCount"),
              Action.of("DescribeInstances", InstanceDescriptions::describe).observing(),
              Action.of("StopInstances", InstanceActions::stop).observing(),
              Action.of("TerminateInstances", InstanceActions::terminate),
              Action.of("ModifyInstanceAttribute", InstanceAttributes::modify, "InstanceId")
                  .observing(),
              Action.of("CreateImage", ImageActions::create, "InstanceId", "Name").observing(),
              Action.of("CopyImage", ImageCopies::copy, "Name", "SourceImageId", "SourceRegion"),
              Action.of("RegisterImage", ImageCopies::register, "Name"),
              Action.of("DescribeImages", ImageDescriptions::describe),
              Action.of(
                  "DescribeImageAttribute", ImageAttributes::describe, "ImageId", "Attribute"),
              Action.of("ModifyImageAttribute", ImageAttributes::modify, "ImageId"),
              Action.of("DeregisterImage", ImageActions::deregister, "ImageId"),
              Action.of("CreateSnapshot", SnapshotActions::create, "VolumeId"),
              Action.of("DescribeSnapshots", SnapshotActions::describe),
              Action.of("DeleteSnapshot", SnapshotActions::delete, "SnapshotId"),
              Action.of("ModifySnapshotAttribute", SnapshotAttributes::modify, "SnapshotId"),
              Action.of("CreateVolume", VolumeActions::create),
              Action.of("DescribeVolumes", VolumeActions::describe),
              Action.of("DeleteVolume", VolumeActions::delete, "VolumeId"),
              Action.of("CreateTags", Tags::create, "ResourceId", "Tag"),
              Action.of("DescribeTags", Tags::describe),
              Action.of("DescribeSubnets", SubnetActions::describe),
              Action.of("DescribeRegions", KnownRegions::describe),
              Action.unsupported("AttachVolume", NO_VOLUMES, "Device", "InstanceId", "VolumeId"),
              Action.unsupported("DetachVolume", NO_VOLUMES, "VolumeId"),
              Action.unsupported("GetPasswordData", NO_WINDOWS, "InstanceId"))
          .collect(Collectors.toUnmodifiableMap(Action::name, Function.identity()));

  private ActionTable() {}

  /** The action of that name; empty if the local region has none. */
  static Optional<Action> find(String name) {
    return Optional.ofNullable(ACTIONS.get(name));
  }

  static Set<String> names() {
    return ACTIONS.keySet();
  }

  /** Whether EC2 has an action of that name, here or not, as the SDK knows them. */
  static boolean known(String name) {
    return Action.requestType(name).isPresent();
  }
}
