package io.wizzie.wcs.ami.ec2;

import static java.util.stream.Collectors.toList;

import io.wizzie.wcs.ami.ec2.client.AwsCli;
import io.wizzie.wcs.ami.ec2.client.Ec2Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.*;

/**
 * A region in memory with EC2's rules as far as the pipeline meets them: states that take time,
 * names that are unique, groups and snapshots that are in use. What is not overridden here throws
 * {@link UnsupportedOperationException}.
 */
public final class FakeEc2 implements Ec2Client {
  /** Whether everybody may launch the images. */
  public boolean publicImages;

  private static final Duration BOOT = Duration.ofSeconds(10);
  private static final Duration SHUTDOWN = Duration.ofSeconds(8);
  private static final Duration SNAPSHOT_SHOWN = Duration.ofSeconds(4);
  private static final Duration IMAGING = Duration.ofSeconds(60);

  public final Faults faults = new Faults();
  public final Map<String, Image> images = new TreeMap<>();
  public final Map<String, Instance> instances = new TreeMap<>();
  public final Map<String, KeyPairInfo> keyPairs = new TreeMap<>();
  public final Map<String, SecurityGroup> groups = new TreeMap<>();
  public final Map<String, Snapshot> snapshots = new TreeMap<>();
  public final Map<String, Volume> volumes = new TreeMap<>();
  public final Map<String, Subnet> subnets = new TreeMap<>();
  public final List<RunInstancesRequest> launches = new ArrayList<>();
  public final Map<String, String> imdsSupport = new TreeMap<>();
  public final Map<String, List<IpPermission>> permissions = new TreeMap<>();

  /** How long lists that are filtered by name or token do not show what was made. */
  public Duration hiddenFor = Duration.ZERO;

  public boolean encryptsVolumes;
  public boolean deniesTagsAtLaunch;
  public @Nullable String imageFailure;
  public @Nullable String launchFailure;

  private final VirtualTime time;
  private final Map<String, Instant> since = new TreeMap<>();
  private final List<String> existingGroups = new ArrayList<>();
  private int lastId;

  public FakeEc2(VirtualTime time) {
    this.time = time;
    addSubnet("subnet-1", 100, true);
    addSubnet("subnet-2", 50, true);
    images.put("ami-source", sourceImage("ami-source", "debian-12", "2026-11-01T00:00:00.000Z"));
  }

  public Ec2Connection connection() {
    return new Ec2Connection(this, "eu-west-1", null, AwsCli.of("eu-west-1", null, null));
  }

  public Image image(String id) {
    return Objects.requireNonNull(images.get(id));
  }

  public Snapshot snapshot(String id) {
    return Objects.requireNonNull(snapshots.get(id));
  }

  /** IDs of everything that a build may have made and that is still there. */
  public List<String> leftovers() {
    List<String> left = new ArrayList<>();
    images.keySet().stream().filter(id -> !id.startsWith("ami-source")).forEach(left::add);
    left.addAll(snapshots.keySet());
    instances.values().stream()
        .filter(instance -> !stateOf(instance).startsWith("terminated"))
        .map(Instance::instanceId)
        .forEach(left::add);
    left.addAll(volumes.keySet());
    left.addAll(groups.keySet());
    left.removeAll(existingGroups);
    left.addAll(keyPairs.keySet());
    return left;
  }

  public void addSubnet(String id, int free, boolean isDefault) {
    subnets.put(
        id,
        Subnet.builder()
            .subnetId(id)
            .vpcId("vpc-1")
            .availabilityZone("eu-west-1" + (char) ('a' + subnets.size()))
            .cidrBlock("172.31." + subnets.size() + ".0/24")
            .availableIpAddressCount(free)
            .mapPublicIpOnLaunch(true)
            .defaultForAz(isDefault)
            .state(SubnetState.AVAILABLE)
            .build());
  }

  /** A group that was there before any build, and that {@link #leftovers} must not count. */
  public void addGroup(String id, String vpcId) {
    existingGroups.add(id);
    groups.put(id, SecurityGroup.builder().groupId(id).groupName("own " + id).vpcId(vpcId).build());
  }

  public static Image sourceImage(String id, String name, String created) {
    return Image.builder()
        .imageId(id)
        .name(name)
        .ownerId("136693071363")
        .imageOwnerAlias("amazon")
        .state(ImageState.AVAILABLE)
        .creationDate(created)
        .architecture(ArchitectureValues.X86_64)
        .rootDeviceType(DeviceType.EBS)
        .rootDeviceName("/dev/xvda")
        .virtualizationType(VirtualizationType.HVM)
        .blockDeviceMappings(
            BlockDeviceMapping.builder()
                .deviceName("/dev/xvda")
                .ebs(
                    EbsBlockDevice.builder()
                        .snapshotId("snap-source")
                        .volumeSize(8)
                        .encrypted(false)
                        .build())
                .build())
        .build();
  }

  @Override
  public String serviceName() {
    return "ec2";
  }

  @Override
  public void close() {}

  @Override
  public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
    return faults.call(
        "DescribeImages",
        () -> {
          requireReal(request.dryRun());
          List<Image> found =
              images.values().stream()
                  .map(this::asSeenNow)
                  .filter(
                      image ->
                          request.imageIds().isEmpty()
                              || request.imageIds().contains(image.imageId()))
                  .filter(image -> !request.imageIds().isEmpty() || !isHidden(image.imageId()))
                  .filter(image -> FakeFilters.owned(request.owners(), image))
                  .filter(image -> FakeFilters.matches(image, request.filters()))
                  .filter(
                      image ->
                          Boolean.TRUE.equals(request.includeDeprecated()) || !deprecated(image))
                  .collect(toList());
          if (found.isEmpty() && !request.imageIds().isEmpty()) {
            throw Faults.error("InvalidAMIID.NotFound");
          }
          return DescribeImagesResponse.builder().images(found).build();
        });
  }

  @Override
  public DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest request) {
    return faults.call(
        "DescribeSubnets",
        () -> {
          requireReal(request.dryRun());
          List<Subnet> found =
              subnets.values().stream()
                  .filter(
                      subnet ->
                          request.subnetIds().isEmpty()
                              || request.subnetIds().contains(subnet.subnetId()))
                  .filter(
                      subnet ->
                          request.filters().stream()
                              .allMatch(
                                  filter ->
                                      filter.name().equals("default-for-az")
                                          ? filter
                                              .values()
                                              .contains(String.valueOf(subnet.defaultForAz()))
                                          : filter.values().contains(subnet.availabilityZone())))
                  .collect(toList());
          if (found.isEmpty() && !request.subnetIds().isEmpty()) {
            throw Faults.error("InvalidSubnetID.NotFound");
          }
          return DescribeSubnetsResponse.builder().subnets(found).build();
        });
  }

  @Override
  public CreateKeyPairResponse createKeyPair(CreateKeyPairRequest request) {
    return faults.call(
        "CreateKeyPair",
        () -> {
          requireReal(request.dryRun());
          if (keyPairs.containsKey(request.keyName())) {
            throw Faults.error("InvalidKeyPair.Duplicate");
          }
          keyPairs.put(
              request.keyName(),
              KeyPairInfo.builder()
                  .keyName(request.keyName())
                  .keyPairId("key-" + request.keyName())
                  .keyType(request.keyTypeAsString())
                  .tags(tags(request.tagSpecifications(), ResourceType.KEY_PAIR))
                  .build());
          return CreateKeyPairResponse.builder()
              .keyName(request.keyName())
              .keyPairId("key-1")
              .keyMaterial(keyMaterial(request.keyName()))
              .build();
        });
  }

  @Override
  public DeleteKeyPairResponse deleteKeyPair(DeleteKeyPairRequest request) {
    return faults.call(
        "DeleteKeyPair",
        () -> {
          requireReal(request.dryRun());
          keyPairs
              .values()
              .removeIf(
                  pair ->
                      pair.keyName().equals(request.keyName())
                          || pair.keyPairId().equals(request.keyPairId()));
          return DeleteKeyPairResponse.builder().returnValue(true).build();
        });
  }

  @Override
  public CreateSecurityGroupResponse createSecurityGroup(CreateSecurityGroupRequest request) {
    return faults.call(
        "CreateSecurityGroup",
        () -> {
          requireReal(request.dryRun());
          if (groups.values().stream()
              .anyMatch(each -> each.groupName().equals(request.groupName()))) {
            throw Faults.error("InvalidGroup.Duplicate");
          }
          String id = newId("sg-");
          since.put(id, time.instant());
          groups.put(
              id,
              SecurityGroup.builder()
                  .groupId(id)
                  .groupName(request.groupName())
                  .vpcId(request.vpcId())
                  .tags(tags(request.tagSpecifications(), ResourceType.SECURITY_GROUP))
                  .build());
          return CreateSecurityGroupResponse.builder().groupId(id).build();
        });
  }

  @Override
  public AuthorizeSecurityGroupIngressResponse authorizeSecurityGroupIngress(
      AuthorizeSecurityGroupIngressRequest request) {
    return faults.call(
        "AuthorizeSecurityGroupIngress",
        () -> {
          if (permissions.containsKey(request.groupId())) {
            throw Faults.error("InvalidPermission.Duplicate");
          }
          permissions.put(request.groupId(), request.ipPermissions());
          return AuthorizeSecurityGroupIngressResponse.builder().build();
        });
  }

  @Override
  public DescribeSecurityGroupsResponse describeSecurityGroups(
      DescribeSecurityGroupsRequest request) {
    refuseIfDry(request.dryRun(), "DescribeSecurityGroups");
    return faults.call(
        "DescribeSecurityGroups",
        () ->
            DescribeSecurityGroupsResponse.builder()
                .securityGroups(
                    groups.values().stream()
                        .filter(group -> !isHidden(group.groupId()))
                        .filter(
                            group ->
                                FakeFilters.hasId("group-id", group.groupId(), request.filters())
                                    && FakeFilters.matches(
                                        group.tags(),
                                        group.groupName(),
                                        "group-name",
                                        FakeFilters.without("group-id", request.filters())))
                        .collect(toList()))
                .build());
  }

  @Override
  public DeleteSecurityGroupResponse deleteSecurityGroup(DeleteSecurityGroupRequest request) {
    return faults.call(
        "DeleteSecurityGroup",
        () -> {
          boolean used =
              instances.values().stream()
                  .filter(instance -> !stateOf(instance).equals("terminated"))
                  .flatMap(instance -> instance.securityGroups().stream())
                  .anyMatch(group -> group.groupId().equals(request.groupId()));
          if (used) {
            throw Faults.error("DependencyViolation");
          }
          if (groups.remove(request.groupId()) == null) {
            throw Faults.error("InvalidGroup.NotFound");
          }
          return DeleteSecurityGroupResponse.builder().build();
        });
  }

  @Override
  public RunInstancesResponse runInstances(RunInstancesRequest request) {
    return faults.call(
        "RunInstances",
        () -> {
          if (deniesTagsAtLaunch && !request.tagSpecifications().isEmpty()) {
            throw Faults.error("UnauthorizedOperation");
          }
          requireReal(request.dryRun());
          Instance again =
              instances.values().stream()
                  .filter(each -> request.clientToken().equals(each.clientToken()))
                  .findFirst()
                  .orElse(null);
          if (again != null) {
            return RunInstancesResponse.builder().instances(again).build();
          }
          launches.add(request);
          String id = newId("i-");
          List<String> groupIds =
              request.networkInterfaces().isEmpty()
                  ? request.securityGroupIds()
                  : request.networkInterfaces().get(0).groups();
          instances.put(
              id,
              Instance.builder()
                  .instanceId(id)
                  .instanceType(request.instanceTypeAsString())
                  .clientToken(request.clientToken())
                  .launchTime(time.instant())
                  .state(InstanceState.builder().name("pending").build())
                  .placement(Placement.builder().availabilityZone("eu-west-1a").build())
                  .publicIpAddress("203.0.113.9")
                  .privateIpAddress("172.31.0.9")
                  .publicDnsName("")
                  .securityGroups(
                      groupIds.stream()
                          .map(group -> GroupIdentifier.builder().groupId(group).build())
                          .collect(toList()))
                  .tags(tags(request.tagSpecifications(), ResourceType.INSTANCE))
                  .build());
          since.put(id, time.instant());
          return RunInstancesResponse.builder().instances(instances.get(id)).build();
        });
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    return faults.call(
        "DescribeInstances",
        () -> {
          requireReal(request.dryRun());
          List<Instance> found =
              instances.values().stream()
                  .filter(each -> !request.instanceIds().isEmpty() || !isHidden(each.instanceId()))
                  .filter(
                      each ->
                          request.instanceIds().isEmpty()
                              || request.instanceIds().contains(each.instanceId()))
                  .map(this::asSeenNow)
                  .filter(each -> FakeFilters.matches(each, request.filters()))
                  .collect(toList());
          if (found.isEmpty() && !request.instanceIds().isEmpty()) {
            throw Faults.error("InvalidInstanceID.NotFound");
          }
          return DescribeInstancesResponse.builder()
              .reservations(Reservation.builder().instances(found).build())
              .build();
        });
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    refuseIfDry(request.dryRun(), "DescribeVolumes");
    return faults.call(
        "DescribeVolumes",
        () ->
            DescribeVolumesResponse.builder()
                .volumes(
                    request.filters().get(0).name().equals("attachment.instance-id")
                        ? List.of(
                            Volume.builder().volumeId("vol-1").encrypted(encryptsVolumes).build())
                        : volumes.values().stream()
                            .filter(
                                volume ->
                                    FakeFilters.hasId(
                                        "volume-id", volume.volumeId(), request.filters()))
                            .filter(
                                volume ->
                                    FakeFilters.matches(
                                        volume.tags(),
                                        "",
                                        "",
                                        FakeFilters.without("volume-id", request.filters())))
                            .collect(toList()))
                .build());
  }

  @Override
  public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
    return faults.call(
        "DeleteVolume",
        () -> {
          if (volumes.remove(request.volumeId()) == null) {
            throw Faults.error("InvalidVolume.NotFound");
          }
          return DeleteVolumeResponse.builder().build();
        });
  }

  /** Of key pairs only, which nothing else lists. */
  @Override
  public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
    return faults.call(
        "DescribeTags",
        () -> {
          requireReal(request.dryRun());
          return DescribeTagsResponse.builder()
              .tags(
                  keyPairs.values().stream()
                      .flatMap(
                          pair ->
                              pair.tags().stream()
                                  .map(
                                      tag ->
                                          TagDescription.builder()
                                              .resourceId(pair.keyPairId())
                                              .key(tag.key())
                                              .value(tag.value())
                                              .build()))
                      .filter(
                          tag ->
                              FakeFilters.hasId("key", tag.key(), request.filters())
                                  && FakeFilters.hasId("value", tag.value(), request.filters()))
                      .collect(toList()))
              .build();
        });
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    return faults.call(
        "StopInstances",
        () -> {
          if (stateOf(instance(request.instanceIds().get(0))).equals("terminated")) {
            throw Faults.error("IncorrectInstanceState");
          }
          change(request.instanceIds().get(0), "stopping");
          return StopInstancesResponse.builder().build();
        });
  }

  @Override
  public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
    return faults.call(
        "TerminateInstances",
        () -> {
          String id = request.instanceIds().get(0);
          if (!instances.containsKey(id)) {
            throw Faults.error("InvalidInstanceID.NotFound");
          }
          boolean pendingImage =
              images.values().stream()
                  .map(this::asSeenNow)
                  .anyMatch(
                      each ->
                          each.stateAsString().equals("pending")
                              && id.equals(each.sourceInstanceId()));
          if (pendingImage) {
            imageFailure = "Client.InstanceTerminated";
          }
          change(id, "shutting-down");
          return TerminateInstancesResponse.builder().build();
        });
  }

  @Override
  public CreateImageResponse createImage(CreateImageRequest request) {
    return faults.call(
        "CreateImage",
        () -> {
          if (images.values().stream().anyMatch(image -> image.name().equals(request.name()))) {
            throw Faults.error("InvalidAMIName.Duplicate");
          }
          if (!stateOf(instance(request.instanceId())).equals("stopped")) {
            throw Faults.error("IncorrectInstanceState");
          }
          String id = newId("ami-");
          String snapshotId = newId("snap-");
          images.put(
              id,
              sourceImage(id, request.name(), time.instant().toString()).toBuilder()
                  .imageOwnerAlias("self")
                  .sourceInstanceId(request.instanceId())
                  .description(request.description())
                  .tags(tags(request.tagSpecifications(), ResourceType.IMAGE))
                  .blockDeviceMappings(
                      BlockDeviceMapping.builder()
                          .deviceName("/dev/xvda")
                          .ebs(EbsBlockDevice.builder().snapshotId(snapshotId).build())
                          .build())
                  .build());
          snapshots.put(
              snapshotId,
              Snapshot.builder()
                  .snapshotId(snapshotId)
                  .tags(tags(request.tagSpecifications(), ResourceType.SNAPSHOT))
                  .build());
          since.put(id, time.instant());
          since.put(snapshotId, time.instant());
          return CreateImageResponse.builder().imageId(id).build();
        });
  }

  @Override
  public DescribeImageAttributeResponse describeImageAttribute(
      DescribeImageAttributeRequest request) {
    return faults.call(
        "DescribeImageAttribute",
        () ->
            DescribeImageAttributeResponse.builder()
                .imageId(request.imageId())
                .launchPermissions(
                    publicImages
                        ? List.of(LaunchPermission.builder().group(PermissionGroup.ALL).build())
                        : List.of())
                .build());
  }

  @Override
  public ModifyImageAttributeResponse modifyImageAttribute(ModifyImageAttributeRequest request) {
    return faults.call(
        "ModifyImageAttribute",
        () -> {
          imdsSupport.put(request.imageId(), request.imdsSupport().value());
          return ModifyImageAttributeResponse.builder().build();
        });
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    return faults.call(
        "CreateTags",
        () -> {
          for (String id : request.resources()) {
            instances.computeIfPresent(
                id,
                (key, each) -> each.toBuilder().tags(merged(each.tags(), request.tags())).build());
            images.computeIfPresent(
                id,
                (key, image) ->
                    image.toBuilder().tags(merged(image.tags(), request.tags())).build());
            snapshots.computeIfPresent(
                id,
                (key, each) -> each.toBuilder().tags(merged(each.tags(), request.tags())).build());
          }
          return CreateTagsResponse.builder().build();
        });
  }

  @Override
  public DeregisterImageResponse deregisterImage(DeregisterImageRequest request) {
    return faults.call(
        "DeregisterImage",
        () -> {
          if (images.remove(request.imageId()) == null) {
            throw Faults.error("InvalidAMIID.NotFound");
          }
          return DeregisterImageResponse.builder().build();
        });
  }

  @Override
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    refuseIfDry(request.dryRun(), "DescribeSnapshots");
    return faults.call(
        "DescribeSnapshots",
        () ->
            DescribeSnapshotsResponse.builder()
                .snapshots(
                    snapshots.values().stream()
                        .filter(
                            each ->
                                request.snapshotIds().isEmpty()
                                    || request.snapshotIds().contains(each.snapshotId()))
                        .filter(
                            each ->
                                FakeFilters.hasId(
                                    "snapshot-id", each.snapshotId(), request.filters()))
                        .filter(
                            each ->
                                FakeFilters.matches(
                                    each.tags(),
                                    "",
                                    "",
                                    FakeFilters.without("snapshot-id", request.filters())))
                        .map(this::asSeenNow)
                        .collect(toList()))
                .build());
  }

  @Override
  public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
    return faults.call(
        "DeleteSnapshot",
        () -> {
          boolean used =
              images.values().stream()
                  .flatMap(image -> image.blockDeviceMappings().stream())
                  .anyMatch(device -> request.snapshotId().equals(device.ebs().snapshotId()));
          if (used) {
            throw Faults.error("InvalidSnapshot.InUse");
          }
          if (snapshots.remove(request.snapshotId()) == null) {
            throw Faults.error("InvalidSnapshot.NotFound");
          }
          return DeleteSnapshotResponse.builder().build();
        });
  }

  private static void requireReal(@Nullable Boolean dryRun) {
    if (Boolean.TRUE.equals(dryRun)) {
      throw Faults.error("DryRunOperation");
    }
  }

  private void refuseIfDry(@Nullable Boolean dryRun, String action) {
    if (Boolean.TRUE.equals(dryRun)) {
      faults.call(
          action,
          () -> {
            requireReal(true);
            return action;
          });
    }
  }

  private Instance instance(String id) {
    Instance instance = instances.get(id);
    if (instance == null) {
      throw Faults.error("InvalidInstanceID.NotFound");
    }
    return instance;
  }

  private void change(String id, String state) {
    instances.put(
        id, instance(id).toBuilder().state(InstanceState.builder().name(state).build()).build());
    since.put(id, time.instant());
  }

  private boolean isHidden(String id) {
    return since.containsKey(id) && age(id).compareTo(hiddenFor) < 0;
  }

  private Duration age(String id) {
    return Duration.between(since.getOrDefault(id, Instant.EPOCH), time.instant());
  }

  private String stateOf(Instance instance) {
    String state = instance.state().nameAsString();
    Duration age = age(instance.instanceId());
    return switch (state) {
      case "pending" ->
          age.compareTo(BOOT) < 0 ? state : launchFailure == null ? "running" : "terminated";
      case "stopping" -> age.compareTo(SHUTDOWN) < 0 ? state : "stopped";
      case "shutting-down" -> age.compareTo(SHUTDOWN) < 0 ? state : "terminated";
      default -> state;
    };
  }

  private Instance asSeenNow(Instance instance) {
    Instance.Builder seen =
        instance.toBuilder().state(InstanceState.builder().name(stateOf(instance)).build());
    if (launchFailure != null) {
      seen.stateReason(StateReason.builder().message(launchFailure).build());
    }
    return seen.build();
  }

  private Image asSeenNow(Image image) {
    if (!since.containsKey(image.imageId())) {
      return image;
    }
    Duration age = age(image.imageId());
    if (imageFailure != null) {
      return image.toBuilder()
          .state(ImageState.FAILED)
          .stateReason(StateReason.builder().message(imageFailure).build())
          .build();
    }
    Image.Builder seen =
        image.toBuilder()
            .state(age.compareTo(IMAGING) < 0 ? ImageState.PENDING : ImageState.AVAILABLE);
    return age.compareTo(SNAPSHOT_SHOWN) < 0
        ? seen.blockDeviceMappings(List.of()).build()
        : seen.build();
  }

  private Snapshot asSeenNow(Snapshot snapshot) {
    boolean done = age(snapshot.snapshotId()).compareTo(IMAGING.plusSeconds(3)) >= 0;
    return snapshot.toBuilder()
        .state(done ? SnapshotState.COMPLETED : SnapshotState.PENDING)
        .progress(done ? "100%" : "40%")
        .build();
  }

  private boolean deprecated(Image image) {
    return image.deprecationTime() != null
        && Instant.parse(image.deprecationTime()).isBefore(time.instant());
  }

  private static List<Tag> tags(List<TagSpecification> specifications, ResourceType type) {
    return specifications.stream()
        .filter(each -> each.resourceType() == type)
        .flatMap(each -> each.tags().stream())
        .collect(toList());
  }

  private static List<Tag> merged(List<Tag> tags, List<Tag> changed) {
    List<Tag> merged = new ArrayList<>(tags);
    merged.removeIf(tag -> changed.stream().anyMatch(each -> each.key().equals(tag.key())));
    merged.addAll(changed);
    return merged;
  }

  private String newId(String prefix) {
    lastId++;
    return prefix + lastId;
  }

  /** A private key, none of whose parts is found in any other text. */
  public static String keyMaterial(String keyName) {
    return "key:" + Base64.getEncoder().encodeToString(keyName.getBytes(StandardCharsets.UTF_8));
  }
}
