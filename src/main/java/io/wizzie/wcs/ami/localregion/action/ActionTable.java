package io.wizzie.wcs.ami.localregion.action;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.GetPasswordDataRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** The 32 actions that the project's policy allows, and no other. */
final class ActionTable {
  private static final String NO_VOLUMES =
      "The local region has no block devices: volumes can't be attached to or detached from a"
          + " running guest";
  private static final String NO_WINDOWS =
      "The local region has no Windows guests, so there are no passwords to get";

  private static final Map<String, Action> ACTIONS =
      Stream.of(keys(), groups(), instances(), images(), storage(), surroundings(), absent())
          .flatMap(family -> family)
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
    if (!name.matches("[A-Z][A-Za-z0-9]{2,80}")) {
      return false;
    }
    try {
      Class<?> type =
          Class.forName(
              Ec2Request.class.getPackageName() + "." + name + "Request",
              false,
              ActionTable.class.getClassLoader());
      // Some of the model's other types are called a request as well.
      return Ec2Request.class.isAssignableFrom(type) && type != Ec2Request.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Stream<Action> keys() {
    return Stream.of(
        Action.of(
            "CreateKeyPair",
            CreateKeyPairRequest.class,
            CreateKeyPairRequest::builder,
            KeyPairActions::create,
            "KeyName"),
        Action.of(
            "DeleteKeyPair",
            DeleteKeyPairRequest.class,
            DeleteKeyPairRequest::builder,
            KeyPairActions::delete));
  }

  private static Stream<Action> groups() {
    return Stream.of(
        Action.of(
            "CreateSecurityGroup",
            CreateSecurityGroupRequest.class,
            CreateSecurityGroupRequest::builder,
            SecurityGroupActions::create,
            "GroupName",
            "GroupDescription"),
        Action.of(
            "AuthorizeSecurityGroupIngress",
            AuthorizeSecurityGroupIngressRequest.class,
            AuthorizeSecurityGroupIngressRequest::builder,
            SecurityGroupActions::authorizeIngress),
        Action.of(
            "DescribeSecurityGroups",
            DescribeSecurityGroupsRequest.class,
            DescribeSecurityGroupsRequest::builder,
            SecurityGroupActions::describe),
        Action.of(
            "DeleteSecurityGroup",
            DeleteSecurityGroupRequest.class,
            DeleteSecurityGroupRequest::builder,
            SecurityGroupActions::delete));
  }

  private static Stream<Action> instances() {
    return Stream.of(
        Action.of(
            "RunInstances",
            RunInstancesRequest.class,
            RunInstancesRequest::builder,
            InstanceActions::run,
            "ImageId",
            "MinCount",
            "MaxCount"),
        Action.of(
                "DescribeInstances",
                DescribeInstancesRequest.class,
                DescribeInstancesRequest::builder,
                InstanceDescriptions::describe)
            .observing(),
        Action.of(
                "StopInstances",
                StopInstancesRequest.class,
                StopInstancesRequest::builder,
                InstanceActions::stop)
            .observing(),
        Action.of(
            "TerminateInstances",
            TerminateInstancesRequest.class,
            TerminateInstancesRequest::builder,
            InstanceActions::terminate),
        Action.of(
                "ModifyInstanceAttribute",
                ModifyInstanceAttributeRequest.class,
                ModifyInstanceAttributeRequest::builder,
                InstanceAttributes::modify,
                "InstanceId")
            .observing());
  }

  private static Stream<Action> images() {
    return Stream.of(
        Action.of(
                "CreateImage",
                CreateImageRequest.class,
                CreateImageRequest::builder,
                ImageActions::create,
                "InstanceId",
                "Name")
            .observing(),
        Action.of(
            "CopyImage",
            CopyImageRequest.class,
            CopyImageRequest::builder,
            ImageCopies::copy,
            "Name",
            "SourceImageId",
            "SourceRegion"),
        Action.of(
            "RegisterImage",
            RegisterImageRequest.class,
            RegisterImageRequest::builder,
            ImageCopies::register,
            "Name"),
        Action.of(
            "DescribeImages",
            DescribeImagesRequest.class,
            DescribeImagesRequest::builder,
            ImageDescriptions::describe),
        Action.of(
            "DescribeImageAttribute",
            DescribeImageAttributeRequest.class,
            DescribeImageAttributeRequest::builder,
            ImageAttributes::describe,
            "ImageId",
            "Attribute"),
        Action.of(
            "ModifyImageAttribute",
            ModifyImageAttributeRequest.class,
            ModifyImageAttributeRequest::builder,
            ImageAttributes::modify,
            "ImageId"),
        Action.of(
            "DeregisterImage",
            DeregisterImageRequest.class,
            DeregisterImageRequest::builder,
            ImageActions::deregister,
            "ImageId"));
  }

  private static Stream<Action> storage() {
    return Stream.of(
        Action.of(
            "CreateSnapshot",
            CreateSnapshotRequest.class,
            CreateSnapshotRequest::builder,
            SnapshotActions::create,
            "VolumeId"),
        Action.of(
            "DescribeSnapshots",
            DescribeSnapshotsRequest.class,
            DescribeSnapshotsRequest::builder,
            SnapshotActions::describe),
        Action.of(
            "DeleteSnapshot",
            DeleteSnapshotRequest.class,
            DeleteSnapshotRequest::builder,
            SnapshotActions::delete,
            "SnapshotId"),
        Action.of(
            "ModifySnapshotAttribute",
            ModifySnapshotAttributeRequest.class,
            ModifySnapshotAttributeRequest::builder,
            SnapshotAttributes::modify,
            "SnapshotId"),
        Action.of(
            "CreateVolume",
            CreateVolumeRequest.class,
            CreateVolumeRequest::builder,
            VolumeActions::create),
        Action.of(
            "DescribeVolumes",
            DescribeVolumesRequest.class,
            DescribeVolumesRequest::builder,
            VolumeActions::describe),
        Action.of(
            "DeleteVolume",
            DeleteVolumeRequest.class,
            DeleteVolumeRequest::builder,
            VolumeActions::delete,
            "VolumeId"));
  }

  private static Stream<Action> surroundings() {
    return Stream.of(
        Action.of(
            "CreateTags",
            CreateTagsRequest.class,
            CreateTagsRequest::builder,
            Tags::create,
            "ResourceId",
            "Tag"),
        Action.of(
            "DescribeTags",
            DescribeTagsRequest.class,
            DescribeTagsRequest::builder,
            Tags::describe),
        Action.of(
            "DescribeSubnets",
            DescribeSubnetsRequest.class,
            DescribeSubnetsRequest::builder,
            SubnetActions::describe),
        Action.of(
            "DescribeRegions",
            DescribeRegionsRequest.class,
            DescribeRegionsRequest::builder,
            KnownRegions::describe));
  }

  private static Stream<Action> absent() {
    return Stream.of(
        Action.unsupported(
            "AttachVolume",
            AttachVolumeRequest::builder,
            NO_VOLUMES,
            "Device",
            "InstanceId",
            "VolumeId"),
        Action.unsupported("DetachVolume", DetachVolumeRequest::builder, NO_VOLUMES, "VolumeId"),
        Action.unsupported(
            "GetPasswordData", GetPasswordDataRequest::builder, NO_WINDOWS, "InstanceId"));
  }
}
