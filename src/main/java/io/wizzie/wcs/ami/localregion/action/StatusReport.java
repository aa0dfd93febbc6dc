package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.model.RegionStatus;
import io.wizzie.wcs.ami.localregion.scenario.Delays;
import io.wizzie.wcs.ami.localregion.state.ContentRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.InstanceLife.State;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.RegionStore;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@link RegionStatus} out of the state; the guests' sizes are bytes, by instance ID. */
public record StatusReport(Instant now, Delays delays, Map<String, Long> guestSizes) {

  /** All regions as they are now. */
  public RegionStatus of(RegionStore store, @Nullable BaseImage base) {
    return store.transaction(
        transaction ->
            new RegionStatus(
                base,
                transaction.names().stream()
                    .map(name -> region(name, transaction.region(name)))
                    .toList()));
  }

  private RegionStatus.Region region(String name, RegionState state) {
    return new RegionStatus.Region(
        name,
        state.images.values().stream()
            .filter(image -> image.registered() && image.ownerId().equals(Account.ID))
            .map(
                image ->
                    new RegionStatus.Image(
                        image.id(),
                        image.name(),
                        States.of(image, state, now, delays).toString(),
                        image.created(),
                        States.content(image, state).map(ContentRecord::sizeBytes).orElse(0L)))
            .toList(),
        state.instances.values().stream().map(instance -> instance(state, instance)).toList(),
        state.snapshots.values().stream()
            .filter(snapshot -> snapshot.ownerId().equals(Account.ID))
            .map(
                snapshot ->
                    new RegionStatus.Snapshot(
                        snapshot.id(),
                        States.of(snapshot, state, now, delays).toString(),
                        snapshot.started(),
                        snapshot.sizeGib()))
            .toList());
  }

  private RegionStatus.Instance instance(RegionState state, InstanceRecord instance) {
    State now = States.of(instance, this.now, delays);
    InstanceLife.Reason reason = instance.life().reason();
    return new RegionStatus.Instance(
        instance.id(),
        Tags.of(state, instance.id()).get("Name"),
        instance.launch().imageId(),
        now.text(),
        now == State.RUNNING ? instance.life().address() : null,
        instance.launch().time(),
        reason == null ? null : reason.message(),
        guestSizes.getOrDefault(instance.id(), 0L));
  }
}
