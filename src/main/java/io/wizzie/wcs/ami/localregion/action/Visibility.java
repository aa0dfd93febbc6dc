package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.state.RegionState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;

/**
 * EC2's eventual consistency, as far as a scenario wants it: what was just created is not found for
 * a while, neither by its ID ({@link Lookup}) nor in a list.
 *
 * @param invisible how long new things of a resource type are not found
 */
record Visibility(RegionState state, Map<String, Duration> invisible) {
  /** Calls an action that doesn't see what it must not, and hides what it makes. */
  SdkPojo during(Call call, Supplier<SdkPojo> action) {
    if (call.request().action().startsWith("Describe")) {
      return state.unseen.isEmpty() ? action.get() : withoutTheUnseen(action);
    }
    if (invisible.isEmpty()) {
      return action.get();
    }
    Set<String> before = new HashSet<>();
    maps().forEach(map -> before.addAll(map.keySet()));
    SdkPojo response = action.get();
    hide(before, call.now());
    return response;
  }

  /** What one call makes becomes visible at once, an instance with its volumes. */
  private void hide(Set<String> before, Instant now) {
    Map<String, Set<String>> kinds = new LinkedHashMap<>();
    kinds.put("image", state.images.keySet());
    kinds.put("instance", state.instances.keySet());
    kinds.put("security-group", state.groups.keySet());
    kinds.put("key-pair", state.keyPairs.keySet());
    kinds.put("snapshot", state.snapshots.keySet());
    kinds.put("volume", state.volumes.keySet());
    kinds.entrySet().stream()
        .filter(kind -> !before.containsAll(kind.getValue()))
        .findFirst()
        .map(kind -> invisible.getOrDefault(kind.getKey(), Duration.ZERO))
        .filter(duration -> !duration.isZero())
        .ifPresent(
            duration ->
                maps()
                    .flatMap(map -> map.keySet().stream())
                    .filter(id -> !before.contains(id))
                    .forEach(id -> state.unseen.put(id, now.plus(duration))));
  }

  private SdkPojo withoutTheUnseen(Supplier<SdkPojo> action) {
    List<Runnable> restore = maps().map(this::take).toList();
    try {
      return action.get();
    } finally {
      restore.forEach(Runnable::run);
    }
  }

  /** Takes the unseen out of a map; the result puts everything back in its order. */
  private <T> Runnable take(Map<String, T> map) {
    Map<String, T> all = new LinkedHashMap<>(map);
    map.keySet().removeAll(state.unseen.keySet());
    return () -> {
      map.clear();
      map.putAll(all);
    };
  }

  private Stream<Map<String, ?>> maps() {
    return Stream.of(
        state.images,
        state.instances,
        state.groups,
        state.keyPairs,
        state.snapshots,
        state.volumes,
        state.tags);
  }
}
