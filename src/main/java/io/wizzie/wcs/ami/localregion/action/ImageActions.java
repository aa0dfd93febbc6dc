package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.ContentRecord;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceLife.State;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.SnapshotRecord;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotReturnCode;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** CreateImage and DeregisterImage. */
final class ImageActions {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9()\\[\\]. /'@_-]{3,128}");

  private ImageActions() {}

  /**
   * Makes an image of an instance. A running guest's files are copied as they are: it is not
   * restarted for it, whatever {@code NoReboot} says.
   */
  static CreateImageResponse create(Call call, CreateImageRequest request) {
    RegionState state = call.state();
    InstanceRecord instance = Lookup.INSTANCES.one(state, request.instanceId());
    State instanceState = call.stateOf(instance);
    if (instanceState != State.RUNNING && instanceState != State.STOPPED) {
      throw Refusal.invalidValue(
          "Invalid value '"
              + instance.id()
              + "' for instanceId. Instance is not in state 'running' or 'stopping' or 'stopped'");
    }
    checkName(state, request.name());
    checkDescription(request.description());
    Tags.check(request.tagSpecifications(), Set.of("image", "snapshot"));
    String id = Ids.random("ami");
    List<BlockDevice> devices = new ArrayList<>();
    for (BlockDevice device : devices(call, instance, request.blockDeviceMappings())) {
      devices.add(snapshotOf(call, request, instance, device, id));
    }
    add(
        call,
        id,
        request.name(),
        new ImageRecord.Origin(instance.id(), instance.launch().imageId(), call.region()),
        machine(state, instance),
        devices,
        ImageRecord.Attributes.of(request.description(), imdsSupport(state, instance)),
        request.tagSpecifications());
    return CreateImageResponse.builder().imageId(id).build();
  }

  /** Makes an image of this account. */
  static void add(
      Call call,
      String id,
      String name,
      ImageRecord.Origin origin,
      ImageRecord.Machine machine,
      List<BlockDevice> devices,
      ImageRecord.Attributes attributes,
      List<TagSpecification> tags) {
    ImageRecord image =
        new ImageRecord(
            id, name, Account.ID, null, call.now(), origin, machine, devices, attributes, null);
    call.state().images.put(id, image);
    Tags.apply(call, id, tags);
  }

  static DeregisterImageResponse deregister(Call call, DeregisterImageRequest request) {
    RegionState state = call.state();
    List<String> snapshotIds = end(state, Lookup.ownImage(state, request.imageId()), call.now());
    DeregisterImageResponse.Builder answer = DeregisterImageResponse.builder().returnValue(true);
    if (Boolean.TRUE.equals(request.deleteAssociatedSnapshots())) {
      answer.deleteSnapshotResults(
          snapshotIds.stream()
              .filter(state.snapshots::containsKey)
              .map(id -> result(id, SnapshotActions.tryDelete(state, id)))
              .toList());
    }
    return answer.build();
  }

  private static DeleteSnapshotReturnCode result(String snapshotId, boolean deleted) {
    return DeleteSnapshotReturnCode.builder()
        .snapshotId(snapshotId)
        .returnCode(deleted ? "success" : "skipped")
        .build();
  }

  /** Ends an image, but not its snapshots, whose IDs are returned. */
  static List<String> end(RegionState state, ImageRecord image, Instant now) {
    state.images.put(image.id(), image.deregisteredAt(now));
    state.tags.remove(image.id());
    return image.snapshotIds().toList();
  }

  static void checkName(RegionState state, String name) {
    if (!NAME.matcher(name).matches()) {
      throw Refusal.of(
          "InvalidAMIName.Malformed",
          "AMI names must be between 3 and 128 characters long, and may contain letters, numbers,"
              + " '(', ')', '.', '-', '/' and '_'");
    }
    state.images.values().stream()
        .filter(image -> image.registered() && image.ownerId().equals(Account.ID))
        .filter(image -> image.name().equals(name))
        .findFirst()
        .ifPresent(
            image -> {
              throw Refusal.of(
                  "InvalidAMIName.Duplicate",
                  "AMI name " + name + " is already in use by AMI " + image.id());
            });
  }

  static void checkDescription(@Nullable String description) {
    if (description != null && description.length() > 255) {
      throw Refusal.invalidValue("The description may have at most 255 characters");
    }
  }

  /**
   * The devices that the image will have: the instance's, with new ones if the request names any.
   * Of the root only DeleteOnTermination may differ: its size and type were set at launch.
   */
  private static List<BlockDevice> devices(
      Call call, InstanceRecord instance, List<BlockDeviceMapping> requested) {
    for (BlockDeviceMapping mapping : requested) {
      boolean root = instance.launch().rootDeviceName().equals(mapping.deviceName());
      if (root && (mapping.noDevice() != null || overridesRoot(mapping))) {
        throw Refusal.of(
            "InvalidBlockDeviceMapping",
            "Only the 'DeleteOnTermination' attribute of the root device "
                + mapping.deviceName()
                + " can be modified");
      }
    }
    List<BlockDevice> ofInstance =
        InstanceShapes.volumes(call, instance.id()).stream().map(VolumeRecord::device).toList();
    return BlockDevices.merge(call.state(), ofInstance, requested);
  }

  private static boolean overridesRoot(BlockDeviceMapping mapping) {
    return mapping.ebs() != null
        && (mapping.ebs().volumeSize() != null
            || mapping.ebs().volumeTypeAsString() != null
            || mapping.ebs().snapshotId() != null
            || mapping.ebs().encrypted() != null
            || mapping.ebs().iops() != null
            || mapping.ebs().throughput() != null);
  }

  private static BlockDevice snapshotOf(
      Call call,
      CreateImageRequest request,
      InstanceRecord instance,
      BlockDevice device,
      String imageId) {
    VolumeRecord volume = InstanceShapes.volume(call, instance.id(), device.name()).orElse(null);
    if (volume == null) {
      return device;
    }
    boolean root = device.name().equals(instance.launch().rootDeviceName());
    if (root) {
      call.state().contents.put(imageId, ContentRecord.of(imageId, instance.id()));
    }
    SnapshotRecord snapshot =
        new SnapshotRecord(
            Ids.random("snap"),
            Account.ID,
            null,
            volume.id(),
            device.sizeGib(),
            "Created by CreateImage(" + instance.id() + ") for " + imageId,
            call.now(),
            device.encrypted(),
            device.kmsKeyId(),
            root ? imageId : null,
            List.of(),
            List.of());
    call.state().snapshots.put(snapshot.id(), snapshot);
    Tags.apply(call, snapshot.id(), request.tagSpecifications());
    return device.withSnapshot(snapshot.id());
  }

  private static ImageRecord.Machine machine(RegionState state, InstanceRecord instance) {
    ImageRecord source = state.images.get(instance.launch().imageId());
    return source != null
        ? source.machine()
        : new ImageRecord.Machine(
            instance.launch().architecture(), instance.launch().rootDeviceName(), true, null, null);
  }

  /** An image inherits it from the one that its instance was launched from. */
  private static @Nullable String imdsSupport(RegionState state, InstanceRecord instance) {
    ImageRecord source = state.images.get(instance.launch().imageId());
    return source == null ? null : source.attributes().imdsSupport();
  }
}
