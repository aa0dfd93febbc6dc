package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.ec2.OrphanedResource;
import io.wizzie.wcs.ami.ec2.OrphanedResources;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.journal.RecordedBuild.Intent;
import io.wizzie.wcs.ami.journal.RecordedResource;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Request;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Finds what dead builds have left in a region, by journal and by tag. An image that was handed out
 * is nobody's leftover, nor are its snapshots.
 */
record LeftoverSearch(
    String region, OrphanedResources remnants, LocalBuilds local, Request request, Clock clock) {
  /** What is to be removed, in order; {@code alive} gets what is not, and why its build lives. */
  List<OrphanedResource> dead(BiConsumer<OrphanedResource, String> alive) {
    Map<String, List<OrphanedResource>> byBuild = new TreeMap<>();
    for (OrphanedResource each : found()) {
      RecordedBuild build = local.of(each.buildId());
      boolean handedOut = each.finished() || (build != null && build.isKept(each.resource()));
      if (isWanted(each.buildId()) && !handedOut) {
        byBuild.computeIfAbsent(each.buildId(), id -> new ArrayList<>()).add(each);
      }
    }
    Liveness liveness = new Liveness(local, clock.instant());
    List<OrphanedResource> dead = new ArrayList<>();
    byBuild.forEach(
        (buildId, things) ->
            liveness
                .alive(buildId, things, buildId.equals(request.buildId()))
                .ifPresentOrElse(
                    why -> things.forEach(each -> alive.accept(each, why)),
                    () -> dead.addAll(things)));
    dead.sort(
        Comparator.comparing(OrphanedResource::kind).thenComparing(OrphanedResource::buildId));
    return dead;
  }

  /** By tag, and by journal what its tag does not show (any more, or yet). */
  private List<OrphanedResource> found() {
    List<OrphanedResource> found = new ArrayList<>(remnants.tagged());
    List<String> known = found.stream().map(OrphanedResource::id).toList();
    for (RecordedBuild build : recorded()) {
      for (ResourceKind kind : ResourceKind.values()) {
        List<String> ids =
            build.resources().stream()
                .filter(each -> each.isUnaccounted() && each.is(kind))
                .filter(each -> each.resource().region().equals(region))
                .map(RecordedResource::id)
                .filter(id -> !known.contains(id))
                .toList();
        remnants.existing(kind, ids).stream()
            // The number may be another account's build by chance, the tag never is.
            .filter(each -> each.buildId().isEmpty() || each.buildId().equals(build.buildId()))
            .forEach(each -> found.add(each.of(build.buildId())));
      }
    }
    return found;
  }

  /** The builds of this region that are asked for and have their journals here. */
  List<RecordedBuild> recorded() {
    return local.recorded().values().stream()
        .filter(build -> build.region().equals(region) && isWanted(build.buildId()))
        .toList();
  }

  private boolean isWanted(String buildId) {
    if (request.buildId() != null && !request.buildId().equals(buildId)) {
      return false;
    }
    Instant begun = BuildId.beginning(buildId);
    return request.olderThan() == null
        || begun == null
        || begun.plus(request.olderThan()).isBefore(clock.instant());
  }

  /** When a build began a call, last of all, of which a crash has cut off the answer. */
  Optional<Instant> lastOpenCall() {
    return recorded().stream()
        .filter(build -> !local.isRunning(build.buildId()))
        .flatMap(build -> build.open().stream())
        .map(Intent::at)
        .max(Comparator.naturalOrder());
  }
}
