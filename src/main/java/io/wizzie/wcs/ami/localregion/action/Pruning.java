package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.RegionStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Removes images with what they alone need; {@link GuestWork} removes their file systems. */
public final class Pruning {
  private Pruning() {}

  /** Removes those of the images that are registered. */
  public static void remove(RegionStore store, String region, List<String> imageIds, Instant now) {
    store.transaction(
        transaction -> {
          RegionState state = transaction.region(region);
          imageIds.forEach(id -> remove(state, id, now));
          return imageIds;
        });
  }

  private static void remove(RegionState state, String imageId, Instant now) {
    ImageRecord image = state.images.get(imageId);
    if (image == null || !image.registered() || !image.ownerId().equals(Account.ID)) {
      return;
    }
    state.images.put(imageId, image.deregisteredAt(now));
    state.tags.remove(imageId);
    List<String> snapshotIds =
        image.devices().stream().map(BlockDevice::snapshotId).filter(Objects::nonNull).toList();
    for (String snapshotId : snapshotIds) {
      boolean ignored = SnapshotActions.tryDelete(state, snapshotId);
    }
  }
}
