package io.wizzie.wcs.ami.localregion.scenario;

import io.wizzie.wcs.ami.localregion.model.RegionTimings;
import java.time.Duration;
import java.time.Instant;

/**
 * How long states last at least, now. A scenario's delays are for what begins while it is in force:
 * were they for everything, a running instance would be pending again.
 */
public record Delays(RegionTimings usual, Scenario scenario, Instant since) {
  private RegionTimings staged() {
    return new RegionTimings(
        scenario.delays().getOrDefault("instance.pending", usual.pending()),
        scenario.delays().getOrDefault("instance.stopping", usual.stopping()),
        scenario.delays().getOrDefault("instance.shutting-down", usual.shuttingDown()),
        scenario.delays().getOrDefault("image.pending", usual.image()),
        scenario.delays().getOrDefault("snapshot.pending", usual.snapshot()),
        scenario.delays().getOrDefault("volume.creating", usual.volume()),
        usual.shutdownNotice(),
        usual.terminatedListed());
  }

  /** Those for what began at that time. */
  public RegionTimings at(Instant begun) {
    return begun.isBefore(since) ? usual : staged();
  }

  /** See {@link RegionTimings}. */
  public Duration shutdownNotice() {
    return usual.shutdownNotice();
  }

  /** See {@link RegionTimings}. */
  public Duration terminatedListed() {
    return usual.terminatedListed();
  }
}
