package io.wizzie.wcs.ami.localregion.scenario;

import io.wizzie.wcs.ami.localregion.model.Glob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Time and trouble that the local region is to make, all of it optional.
 *
 * @param description of the file, for people
 * @param seed decides what {@code probability} makes of each request: the same requests in the same
 *     order meet the same trouble
 * @param delays how long states last at least, by their names: {@code instance.pending}
 * @param invisible how long something is not found after its creation, by EC2's resource types
 */
public record Scenario(
    @Nullable String description,
    long seed,
    Map<String, Duration> delays,
    Map<String, Duration> invisible,
    List<Throttle> throttling,
    List<CapacityError> capacity,
    List<Fault> faults) {
  /** No trouble at all. */
  public static final Scenario NONE =
      new Scenario(null, 0, Map.of(), Map.of(), List.of(), List.of(), List.of());

  public Scenario {
    delays = Map.copyOf(delays);
    invisible = Map.copyOf(invisible);
    throttling = List.copyOf(throttling);
    capacity = List.copyOf(capacity);
    faults = List.copyOf(faults);
  }

  /** What it is made of, in a line. */
  String contents() {
    return "%d delays, %d kinds invisible at first, %d limits, %d capacity errors, %d faults"
        .formatted(
            delays.size(), invisible.size(), throttling.size(), capacity.size(), faults.size());
  }

  /**
   * A token bucket, as EC2 has them for its API: of a size in calls, refilled by calls per second,
   * and shared by the actions unless each has its own.
   */
  record Throttle(List<Glob> actions, int bucketSize, double refillRate, boolean perAction) {
    boolean about(String action) {
      return matches(actions, action);
    }
  }

  /** Instances that can't be had: types, subnets and zones have wildcards. */
  record CapacityError(
      List<Glob> instanceTypes,
      List<Glob> subnets,
      List<Glob> zones,
      String code,
      Occurrence when) {
    boolean about(String instanceType, String subnetId, String zone) {
      return matches(instanceTypes, instanceType)
          && matches(subnets, subnetId)
          && matches(zones, zone);
    }
  }

  /**
   * A call that goes wrong: one of an error, a connection that breaks, and an answer that comes
   * late.
   *
   * @param actions names with wildcards
   * @param error what is answered; null if nothing is
   * @param stall how long nothing happens before the connection is closed; zero closes it at once
   * @param answerAfter how long the true answer is kept back; null if there is to be none
   * @param afterEffect whether the call does what it is for before that
   */
  record Fault(
      List<Glob> actions,
      @Nullable Answer error,
      Duration stall,
      @Nullable Duration answerAfter,
      boolean afterEffect,
      Occurrence when) {
    boolean about(String action) {
      return matches(actions, action);
    }
  }

  /** An error of EC2. */
  record Answer(String code, String message, int status) {}

  /**
   * Which of the calls that a rule is about trigger it.
   *
   * @param skip how many pass unharmed at first
   * @param count how many it triggers in all; null for no end
   * @param probability of being triggered, of those that are neither skipped nor beyond the count
   */
  record Occurrence(int skip, @Nullable Integer count, double probability) {}

  private static boolean matches(List<Glob> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }
}
