package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.RegionStore;
import java.time.Instant;
import java.util.List;

/** Ends everything that the regions of a store made, and then the memory of it. */
public final class Reset {
  private Reset() {}

  /** Asks for the end of everything; {@link GuestWork} brings it about. */
  public static void ask(RegionStore store, Instant now) {
    store.transaction(
        transaction -> {
          transaction.names().forEach(name -> end(transaction.region(name), now));
          return now;
        });
  }

  /** Forgets all regions; their guests must be gone. */
  public static void forget(RegionStore store) {
    store.transaction(
        transaction -> {
          List<String> names = List.copyOf(transaction.names());
          names.forEach(transaction::forget);
          return names;
        });
  }

  private static void end(RegionState state, Instant now) {
    InstanceLife.Reason reason =
        new InstanceLife.Reason(
            "Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: Region was reset");
    for (InstanceRecord instance : List.copyOf(state.instances.values())) {
      if (instance.life().terminateAsked() == null) {
        state.instances.put(
            instance.id(), instance.withLife(instance.life().terminateAskedAt(now, reason)));
      }
    }
    // Without them nothing needs the file systems that were copied from guests.
    state.images.clear();
    state.snapshots.clear();
  }
}
