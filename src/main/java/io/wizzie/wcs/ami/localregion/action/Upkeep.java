package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.scenario.Delays;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.ContentRecord;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.SnapshotRecord;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a region has of itself, and what time has ended in it; seen to before every request. */
record Upkeep(@Nullable BaseImage base, String network) {
  private static final long GIB = 1L << 30;

  /** What Debian's own images have. */
  private static final int LEAST_ROOT_GIB = 8;

  private static final String ROOT = "/dev/xvda";

  void advance(String region, RegionState state, Instant now, Delays delays) {
    SecurityGroupActions.addDefault(Topology.of(region, network), state);
    if (base != null) {
      addBaseImage(region, state, base);
    }
    endInstances(state, now, delays);
    state.unseen.values().removeIf(until -> !now.isBefore(until));
    Instant forgotten = now.minus(delays.terminatedListed());
    state
        .images
        .values()
        .removeIf(
            image -> image.deregistered() != null && image.deregistered().isBefore(forgotten));
    state
        .tokens
        .values()
        .removeIf(
            token ->
                token.used().isBefore(forgotten)
                    && token.ids().stream().noneMatch(id -> exists(state, id)));
  }

  /** Registers the base image, in the place of an earlier one. */
  private static void addBaseImage(String region, RegionState state, BaseImage base) {
    String created = base.created().toString();
    String imageId = Ids.of("ami", region, base.imageRef(), base.name(), created);
    if (state.images.containsKey(imageId)) {
      return;
    }
    state.images.values().removeIf(image -> !image.ownerId().equals(Account.ID));
    state.snapshots.values().removeIf(snapshot -> !snapshot.ownerId().equals(Account.ID));
    state.contents.values().removeIf(ContentRecord::base);
    state.contents.put(
        base.imageRef(),
        new ContentRecord(base.imageRef(), null, base.created(), base.sizeBytes(), null));
    int sizeGib = (int) Math.max(LEAST_ROOT_GIB, (base.sizeBytes() + GIB - 1) / GIB);
    SnapshotRecord snapshot =
        new SnapshotRecord(
            Ids.of("snap", region, base.imageRef(), base.name(), created),
            Account.AMAZON_ID,
            Account.AMAZON,
            // EC2's stand-in for the volume of a snapshot that was copied.
            "vol-ffffffff",
            sizeGib,
            base.name(),
            base.created(),
            false,
            null,
            base.imageRef(),
            List.of(),
            List.of("all"));
    state.snapshots.put(snapshot.id(), snapshot);
    BlockDevice root =
        BlockDevices.checked(ROOT, snapshot, sizeGib, "gp3", null, null, true, false, null);
    state.images.put(
        imageId,
        new ImageRecord(
            imageId,
            base.name(),
            Account.AMAZON_ID,
            Account.AMAZON,
            base.created(),
            new ImageRecord.Origin(null, null, null),
            new ImageRecord.Machine(base.architecture(), ROOT, true, null, null),
            List.of(root),
            new ImageRecord.Attributes(
                "Base image of the local region", null, List.of(), List.of("all")),
            null));
  }

  /** A terminated instance loses its volumes at once, its place in the list an hour later. */
  private static void endInstances(RegionState state, Instant now, Delays delays) {
    for (InstanceRecord instance : List.copyOf(state.instances.values())) {
      @Nullable Instant terminated =
          instance.life().terminated(now, States.shuttingDown(instance.life(), delays));
      if (terminated == null || now.isBefore(terminated)) {
        continue;
      }
      for (VolumeRecord volume : List.copyOf(state.volumes.values())) {
        if (instance.id().equals(volume.instanceId())) {
          release(state, volume);
        }
      }
      state.tags.remove(instance.nic().id());
      if (now.isAfter(terminated.plus(delays.terminatedListed()))) {
        state.instances.remove(instance.id());
        state.tags.remove(instance.id());
      }
    }
  }

  private static void release(RegionState state, VolumeRecord volume) {
    if (volume.device().deleteOnTermination()) {
      state.volumes.remove(volume.id());
      state.tags.remove(volume.id());
    } else {
      state.volumes.put(volume.id(), volume.detached());
    }
  }

  private static boolean exists(RegionState state, String id) {
    return state.instances.containsKey(id)
        || state.volumes.containsKey(id)
        || state.images.containsKey(id);
  }
}
