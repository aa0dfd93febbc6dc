package io.wizzie.wcs.ami.localregion.model;

import java.time.Duration;

/**
 * How long EC2's transitional states last at least; they last longer where the guest's own work
 * does.
 *
 * @param pending of an instance, from RunInstances to {@code running}
 * @param stopping from StopInstances to {@code stopped}
 * @param shuttingDown from TerminateInstances to {@code terminated}
 * @param image from CreateImage to {@code available}
 * @param snapshot from CreateSnapshot to {@code completed}
 * @param volume from CreateVolume to {@code available}
 * @param shutdownNotice how long a guest must be seen not running until that counts as a shutdown
 *     from inside; a reboot looks the same for a moment
 * @param terminatedListed how long a terminated instance is still described
 */
public record RegionTimings(
    Duration pending,
    Duration stopping,
    Duration shuttingDown,
    Duration image,
    Duration snapshot,
    Duration volume,
    Duration shutdownNotice,
    Duration terminatedListed) {

  /** Nearly no waiting, but every state is passed through. */
  public static RegionTimings quick() {
    Duration moment = Duration.ofMillis(100);
    return new RegionTimings(
        moment, moment, moment, moment, moment, moment, Duration.ofSeconds(3), Duration.ofHours(1));
  }
}
