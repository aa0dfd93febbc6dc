package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.query.ResponseWriter;
import io.wizzie.wcs.ami.localregion.state.ContentRecord;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.SnapshotRecord;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;

/** The actions on snapshots. That of a root volume has the guest's file system behind it. */
final class SnapshotActions {
  private SnapshotActions() {}

  static Snapshot create(Call call, CreateSnapshotRequest request) {
    RegionState state = call.state();
    VolumeRecord volume = Lookup.VOLUMES.one(state, request.volumeId());
    ImageActions.checkDescription(request.description());
    Tags.check(request.tagSpecifications(), Set.of("snapshot"));
    String id = Ids.random("snap");
    Optional<InstanceRecord> guest = guestOn(call, volume);
    guest.ifPresent(instance -> state.contents.put(id, ContentRecord.of(id, instance.id())));
    SnapshotRecord snapshot =
        new SnapshotRecord(
            id,
            Account.ID,
            null,
            volume.id(),
            volume.device().sizeGib(),
            request.description() == null ? "" : request.description(),
            call.now(),
            volume.device().encrypted(),
            volume.device().kmsKeyId(),
            guest.isPresent() ? id : null,
            List.of(),
            List.of());
    state.snapshots.put(id, snapshot);
    Tags.apply(call, id, request.tagSpecifications());
    // EC2's model of the answer is that of a snapshot, but with less in it.
    return begun(call, snapshot).progress("").build();
  }

  /** The instance whose file system is on the volume; empty for a data volume. */
  private static Optional<InstanceRecord> guestOn(Call call, VolumeRecord volume) {
    return Optional.ofNullable(volume.instanceId())
        .flatMap(id -> Optional.ofNullable(call.state().instances.get(id)))
        .filter(instance -> !call.stateOf(instance).ended() && instance.life().started() != null)
        .filter(instance -> instance.launch().rootDeviceName().equals(volume.device().name()));
  }

  static DeleteSnapshotResponse delete(Call call, DeleteSnapshotRequest request) {
    SnapshotRecord snapshot = Lookup.SNAPSHOTS.one(call.state(), request.snapshotId());
    imageOf(call.state(), snapshot.id())
        .ifPresent(
            image -> {
              throw Refusal.of(
                  "InvalidSnapshot.InUse",
                  "The snapshot " + snapshot.id() + " is currently in use by " + image.id());
            });
    tryDelete(call.state(), snapshot.id());
    return DeleteSnapshotResponse.builder().build();
  }

  /** Deletes a snapshot unless an image needs it, and says whether it did. */
  static boolean tryDelete(RegionState state, String snapshotId) {
    if (imageOf(state, snapshotId).isPresent()) {
      return false;
    }
    state.snapshots.remove(snapshotId);
    state.tags.remove(snapshotId);
    return true;
  }

  private static Optional<ImageRecord> imageOf(RegionState state, String snapshotId) {
    return state.images.values().stream()
        .filter(ImageRecord::registered)
        .filter(
            image ->
                image.devices().stream().anyMatch(device -> snapshotId.equals(device.snapshotId())))
        .findFirst();
  }

  static DescribeSnapshotsResponse describe(Call call, DescribeSnapshotsRequest request) {
    Page.notWithIds(request.snapshotIds(), request.maxResults(), "snapshotSet");
    List<SnapshotRecord> visible =
        Lookup.SNAPSHOTS.named(call.state(), request.snapshotIds()).stream()
            .filter(one -> Owners.match(request.ownerIds(), one.ownerId(), one.ownerAlias()))
            .filter(one -> restorable(request.restorableByUserIds(), one))
            .toList();
    Page<SnapshotRecord> page =
        filters(call)
            .page(visible, request.filters(), request.maxResults(), 5, request.nextToken());
    return DescribeSnapshotsResponse.builder()
        .snapshots(page.items().stream().map(snapshot -> shape(call, snapshot)).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static boolean restorable(List<String> users, SnapshotRecord snapshot) {
    return users.isEmpty()
        || users.stream()
            .anyMatch(
                user ->
                    snapshot.permittedGroups().contains(user)
                        || snapshot.permittedUsers().contains(user)
                        || snapshot.ownerId().equals(user.equals("self") ? Account.ID : user));
  }

  private static SnapshotState state(Call call, SnapshotRecord snapshot) {
    return States.of(snapshot, call.state(), call.now(), call.delays());
  }

  private static FilterMatching<SnapshotRecord> filters(Call call) {
    RegionState state = call.state();
    return new FilterMatching<SnapshotRecord>(snapshot -> Tags.of(state, snapshot.id()))
        .one("snapshot-id", SnapshotRecord::id)
        .one("volume-id", SnapshotRecord::volumeId)
        .one("volume-size", SnapshotRecord::sizeGib)
        .one("description", SnapshotRecord::description)
        .one("owner-id", SnapshotRecord::ownerId)
        .one("owner-alias", SnapshotRecord::ownerAlias)
        .one("encrypted", SnapshotRecord::encrypted)
        .one("status", snapshot -> state(call, snapshot))
        .one("progress", snapshot -> progress(state(call, snapshot)))
        .one("start-time", snapshot -> ResponseWriter.time(snapshot.started()))
        .one("storage-tier", snapshot -> "standard");
  }

  private static Snapshot shape(Call call, SnapshotRecord snapshot) {
    SnapshotState state = state(call, snapshot);
    Optional<ContentRecord> content = States.content(snapshot, call.state());
    return begun(call, snapshot)
        .fullSnapshotSizeInBytes(content.map(ContentRecord::sizeBytes).orElse(null))
        .ownerAlias(snapshot.ownerAlias())
        .completionTime(
            state == SnapshotState.COMPLETED ? completed(call, snapshot, content) : null)
        .stateMessage(content.map(ContentRecord::failure).orElse(null))
        .progress(progress(state))
        .storageTier("standard")
        .build();
  }

  private static Snapshot.Builder begun(Call call, SnapshotRecord snapshot) {
    return Snapshot.builder()
        .snapshotId(snapshot.id())
        .volumeId(snapshot.volumeId())
        .volumeSize(snapshot.sizeGib())
        .ownerId(snapshot.ownerId())
        .description(snapshot.description())
        .startTime(snapshot.started())
        .state(state(call, snapshot))
        .encrypted(snapshot.encrypted())
        .kmsKeyId(snapshot.kmsKeyId())
        .tags(Tags.shapes(call.state(), snapshot.id()));
  }

  private static Instant completed(
      Call call, SnapshotRecord snapshot, Optional<ContentRecord> content) {
    Instant atLeast = snapshot.started().plus(call.delays().at(snapshot.started()).snapshot());
    @Nullable Instant ready = content.map(ContentRecord::ready).orElse(null);
    return ready != null && ready.isAfter(atLeast) ? ready : atLeast;
  }

  private static String progress(SnapshotState state) {
    return state == SnapshotState.COMPLETED ? "100%" : "0%";
  }
}
