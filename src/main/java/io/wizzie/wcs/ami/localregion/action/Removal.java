package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceLife.Reason;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.RegionStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes what regions hold, beside their actions; {@link GuestWork} sees to the guests' part. */
public final class Removal {
  private static final Reason RESET =
      new Reason("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: Region was reset");

  private Removal() {}

  /** Removes those of the images that are registered, with the snapshots that they alone need. */
  public static void images(RegionStore store, String region, List<String> imageIds, Instant now) {
    store.transaction(
        transaction -> {
          RegionState state = transaction.region(region);
          imageIds.forEach(id -> remove(state, state.images.get(id), now));
          return imageIds;
        });
  }

  private static void remove(RegionState state, @Nullable ImageRecord image, Instant now) {
    if (image != null && image.registered() && image.ownerId().equals(Account.ID)) {
      for (String snapshotId : ImageActions.end(state, image, now)) {
        boolean ignored = SnapshotActions.tryDelete(state, snapshotId);
      }
    }
  }

  /** Asks for the end of everything in all regions. */
  public static void askAll(RegionStore store, Instant now) {
    store.transaction(
        transaction -> {
          transaction.names().forEach(name -> end(transaction.region(name), now));
          return now;
        });
  }

  private static void end(RegionState state, Instant now) {
    state.instances.replaceAll(
        (id, instance) ->
            instance.life().terminateAsked() == null
                ? instance.withLife(instance.life().terminateAskedAt(now, RESET))
                : instance);
    // Without them nothing needs the file systems that were copied from guests.
    state.images.clear();
    state.snapshots.clear();
  }

  /** Forgets all regions; their guests must be gone. */
  public static void forgetAll(RegionStore store) {
    store.transaction(
        transaction -> {
          List<String> names = List.copyOf(transaction.names());
          names.forEach(transaction::forget);
          return names;
        });
  }
}
