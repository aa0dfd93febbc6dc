package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.config.BuilderSpec.RootVolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Writes the RunInstances requests of builders and trials. */
final class RunRequests {
  private RunRequests() {}

  static RunInstancesRequest of(
      LaunchRequest launch, String instanceType, String subnetId, String clientToken) {
    BuilderSpec builder = launch.builder();
    RunInstancesRequest.Builder request =
        RunInstancesRequest.builder()
            .imageId(launch.sourceImage().imageId())
            .instanceType(instanceType)
            .minCount(1)
            .maxCount(1)
            .clientToken(clientToken)
            .keyName(launch.keyName())
            .userData(launch.userData().revealUtf8())
            // A shutdown from inside, such as the armed self-termination, removes the instance.
            .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
            .metadataOptions(
                options ->
                    options
                        .httpEndpoint(InstanceMetadataEndpointState.ENABLED)
                        .httpTokens(HttpTokensState.REQUIRED)
                        .httpPutResponseHopLimit(builder.httpPutResponseHopLimit()))
            .blockDeviceMappings(blockDevices(launch.sourceImage(), builder.rootVolume()))
            .tagSpecifications(tags(launch.tags()))
            .iamInstanceProfile(instanceProfile(builder.iamInstanceProfile()));
    placeInNetwork(request, builder.associatePublicIpAddress(), launch.groupIds(), subnetId);
    return request.build();
  }

  static RunInstancesRequest ofTrial(
      TrialRequest launch, String instanceType, String subnetId, String clientToken) {
    RunInstancesRequest.Builder request =
        RunInstancesRequest.builder()
            .imageId(launch.image().imageId())
            .instanceType(instanceType)
            .minCount(1)
            .maxCount(1)
            .clientToken(clientToken)
            .keyName(launch.keyName())
            .blockDeviceMappings(removableDevices(launch.image()))
            .tagSpecifications(tags(launch.tags()));
    if (launch.userData() != null) {
      request.userData(launch.userData().revealUtf8());
    }
    placeInNetwork(request, launch.associatePublicIpAddress(), launch.groupIds(), subnetId);
    return request.build();
  }

  /**
   * Asks whether a launch would be allowed. A temporary key pair or group is left out: it does not
   * exist yet, and EC2 would answer that instead.
   *
   * @param keyName of an existing key pair; null for none
   */
  static RunInstancesRequest dryRun(
      SourceImage source,
      BuilderSpec builder,
      String subnetId,
      Map<String, String> tags,
      @Nullable String profile,
      @Nullable String keyName) {
    RunInstancesRequest.Builder request =
        RunInstancesRequest.builder()
            .dryRun(true)
            .keyName(keyName)
            .imageId(source.imageId())
            .instanceType(builder.instanceTypes().get(0))
            .minCount(1)
            .maxCount(1)
            .subnetId(subnetId)
            .securityGroupIds(builder.securityGroupIds())
            .metadataOptions(options -> options.httpTokens(HttpTokensState.REQUIRED))
            .blockDeviceMappings(blockDevices(source, builder.rootVolume()))
            .iamInstanceProfile(instanceProfile(profile));
    if (!tags.isEmpty()) {
      request.tagSpecifications(tags(tags));
    }
    return request.build();
  }

  private static void placeInNetwork(
      RunInstancesRequest.Builder request,
      @Nullable Boolean publicAddress,
      List<String> groupIds,
      String subnetId) {
    if (publicAddress == null) {
      request.subnetId(subnetId).securityGroupIds(groupIds);
      return;
    }
    // EC2 takes the wish for a public address only as part of a network interface, and then takes
    // subnet and groups only there.
    request.networkInterfaces(
        InstanceNetworkInterfaceSpecification.builder()
            .deviceIndex(0)
            .subnetId(subnetId)
            .groups(groupIds)
            .associatePublicIpAddress(publicAddress)
            .deleteOnTermination(true)
            .build());
  }

  private static List<BlockDeviceMapping> blockDevices(
      SourceImage sourceImage, RootVolumeSpec root) {
    List<BlockDeviceMapping> devices = new ArrayList<>();
    devices.add(
        BlockDeviceMapping.builder()
            .deviceName(sourceImage.rootDeviceName())
            .ebs(
                volume ->
                    volume
                        .volumeSize(root.sizeGib())
                        .volumeType(root.volumeType())
                        .iops(root.iops())
                        .throughput(root.throughputMibps())
                        .deleteOnTermination(true))
            .build());
    // Else a further volume of the source image might outlive the builder.
    sourceImage.otherDeviceNames().forEach(name -> devices.add(removable(name)));
    return devices;
  }

  private static List<BlockDeviceMapping> removableDevices(SourceImage image) {
    return Stream.concat(Stream.of(image.rootDeviceName()), image.otherDeviceNames().stream())
        .map(RunRequests::removable)
        .toList();
  }

  private static BlockDeviceMapping removable(String deviceName) {
    return BlockDeviceMapping.builder()
        .deviceName(deviceName)
        .ebs(volume -> volume.deleteOnTermination(true))
        .build();
  }

  private static List<TagSpecification> tags(Map<String, String> tags) {
    return List.of(
        ProjectTags.specification(ResourceType.INSTANCE, tags),
        ProjectTags.specification(ResourceType.VOLUME, tags),
        ProjectTags.specification(ResourceType.NETWORK_INTERFACE, tags));
  }

  private static @Nullable IamInstanceProfileSpecification instanceProfile(
      @Nullable String nameOrArn) {
    if (nameOrArn == null) {
      return null;
    }
    IamInstanceProfileSpecification.Builder profile = IamInstanceProfileSpecification.builder();
    return (nameOrArn.startsWith("arn:") ? profile.arn(nameOrArn) : profile.name(nameOrArn))
        .build();
  }
}
