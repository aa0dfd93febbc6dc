package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.query.ResponseWriter;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.SnapshotRecord;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** The actions on volumes, which are data only. */
final class VolumeActions {
  private VolumeActions() {}

  static Volume create(Call call, CreateVolumeRequest request) {
    List<String> ids =
        ClientTokens.replay(call, request.clientToken()).orElseGet(() -> make(call, request));
    // EC2's model of the answer is that of a volume, but without attachments.
    return shape(call, Lookup.VOLUMES.one(call.state(), ids.get(0))).toBuilder()
        .attachments((List<VolumeAttachment>) null)
        .build();
  }

  private static List<String> make(Call call, CreateVolumeRequest request) {
    String zone = zone(call, request);
    Tags.check(request.tagSpecifications(), Set.of("volume"));
    SnapshotRecord snapshot =
        request.snapshotId() == null
            ? null
            : Lookup.SNAPSHOTS.one(call.state(), request.snapshotId());
    BlockDevice device =
        BlockDevices.checked(
            "",
            snapshot,
            size(request, snapshot),
            request.volumeTypeAsString() == null ? "gp2" : request.volumeTypeAsString(),
            request.iops(),
            request.throughput(),
            false,
            Boolean.TRUE.equals(request.encrypted()) || (snapshot != null && snapshot.encrypted()),
            request.kmsKeyId());
    VolumeRecord volume = new VolumeRecord(Ids.random("vol"), zone, call.now(), device, null, null);
    call.state().volumes.put(volume.id(), volume);
    Tags.apply(call, volume.id(), request.tagSpecifications());
    ClientTokens.remember(call, request.clientToken(), List.of(volume.id()));
    return List.of(volume.id());
  }

  private static String zone(Call call, CreateVolumeRequest request) {
    String zone = request.availabilityZone();
    if (zone == null) {
      throw Refusal.missing("AvailabilityZone");
    }
    if (call.topology().zone(zone).isEmpty()) {
      throw Refusal.of("InvalidZone.NotFound", "The zone '" + zone + "' does not exist.");
    }
    return zone;
  }

  private static @Nullable Integer size(
      CreateVolumeRequest request, @Nullable SnapshotRecord snapshot) {
    return request.size() != null || snapshot == null
        ? request.size()
        : (Integer) snapshot.sizeGib();
  }

  static DeleteVolumeResponse delete(Call call, DeleteVolumeRequest request) {
    VolumeRecord volume = Lookup.VOLUMES.one(call.state(), request.volumeId());
    if (volume.instanceId() != null) {
      throw Refusal.of(
          "VolumeInUse",
          "Volume " + volume.id() + " is currently attached to " + volume.instanceId());
    }
    if (state(call, volume) == VolumeState.CREATING) {
      throw Refusal.of(
          "IncorrectState", "The volume '" + volume.id() + "' is in the 'creating' state.");
    }
    call.state().volumes.remove(volume.id());
    call.state().tags.remove(volume.id());
    return DeleteVolumeResponse.builder().build();
  }

  static DescribeVolumesResponse describe(Call call, DescribeVolumesRequest request) {
    Page.notWithIds(request.volumeIds(), request.maxResults(), "volumeSet");
    List<VolumeRecord> volumes = Lookup.VOLUMES.named(call.state(), request.volumeIds());
    Page<VolumeRecord> page =
        filters(call)
            .page(volumes, request.filters(), request.maxResults(), 5, request.nextToken());
    return DescribeVolumesResponse.builder()
        .volumes(page.items().stream().map(volume -> shape(call, volume)).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static VolumeState state(Call call, VolumeRecord volume) {
    return States.of(volume, call.now(), call.delays());
  }

  private static FilterMatching<VolumeRecord> filters(Call call) {
    RegionState state = call.state();
    return new FilterMatching<VolumeRecord>(volume -> Tags.of(state, volume.id()))
        .one("volume-id", VolumeRecord::id)
        .one("status", volume -> state(call, volume))
        .one("size", volume -> volume.device().sizeGib())
        .one("volume-type", volume -> volume.device().type())
        .one("snapshot-id", volume -> volume.device().snapshotId())
        .one("encrypted", volume -> volume.device().encrypted())
        .one("availability-zone", VolumeRecord::zone)
        .one("create-time", volume -> ResponseWriter.time(volume.created()))
        .one("multi-attach-enabled", volume -> false)
        .one("attachment.instance-id", VolumeRecord::instanceId)
        .one("attachment.status", volume -> volume.instanceId() == null ? null : "attached")
        .one(
            "attachment.device",
            volume -> volume.instanceId() == null ? null : volume.device().name())
        .one(
            "attachment.attach-time",
            volume -> volume.attached() == null ? null : ResponseWriter.time(volume.attached()))
        .one(
            "attachment.delete-on-termination",
            volume -> volume.instanceId() == null ? null : volume.device().deleteOnTermination());
  }

  private static Volume shape(Call call, VolumeRecord volume) {
    BlockDevice device = volume.device();
    List<VolumeAttachment> attachments =
        volume.instanceId() == null
            ? List.of()
            : List.of(
                VolumeAttachment.builder()
                    .volumeId(volume.id())
                    .instanceId(volume.instanceId())
                    .device(device.name())
                    .state("attached")
                    .attachTime(volume.attached())
                    .deleteOnTermination(device.deleteOnTermination())
                    .build());
    return Volume.builder()
        .volumeId(volume.id())
        .availabilityZone(volume.zone())
        .createTime(volume.created())
        .size(device.sizeGib())
        .volumeType(device.type())
        .iops(BlockDevices.volumeIops(device))
        .throughput(device.throughput())
        .snapshotId(device.snapshotId() == null ? "" : device.snapshotId())
        .encrypted(device.encrypted())
        .kmsKeyId(device.kmsKeyId())
        .state(state(call, volume))
        .multiAttachEnabled(false)
        .attachments(attachments)
        .tags(Tags.shapes(call.state(), volume.id()))
        .build();
  }
}
