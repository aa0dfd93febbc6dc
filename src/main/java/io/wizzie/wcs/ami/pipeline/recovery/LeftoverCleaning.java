package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.OrphanedResource;
import io.wizzie.wcs.ami.ec2.OrphanedResources;
import io.wizzie.wcs.ami.ec2.Waiter;
import io.wizzie.wcs.ami.ec2.client.Ec2Connection;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Fate;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Request;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Row;
import io.wizzie.wcs.ami.pipeline.recovery.LocalBuilds.Hold;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Removes what builds have left in a region. Safe to run twice and side by side: what is gone is
 * what was wanted.
 */
public final class LeftoverCleaning {
  /** How long after a killed call EC2 may still show what the call has made. */
  private static final Duration SETTLED = Duration.ofSeconds(15);

  // Removing an image, or an instance, may bring to light what it held.
  private static final int ROUNDS = 3;

  private final String region;
  private final OrphanedResources remnants;
  private final Ec2Verbs ec2;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Path outputFolder;
  private final Consumer<String> progress;
  private final Map<ResourceId, Row> rows = new LinkedHashMap<>();

  /**
   * @param outputFolder where the builds of this checkout have their folders
   * @param progress gets a line on everything that is done
   */
  public LeftoverCleaning(
      Ec2Connection connection,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator jitter,
      Path outputFolder,
      Consumer<String> progress) {
    this.region = connection.region();
    this.remnants = new OrphanedResources(connection);
    this.ec2 = Ec2Verbs.over(connection, new Waiter(clock, sleeper, jitter, progress));
    this.clock = clock;
    this.sleeper = sleeper;
    this.outputFolder = outputFolder;
    this.progress = progress;
  }

  /**
   * Looks, and removes unless that is not wanted.
   *
   * @throws BuildException when EC2 can't be asked, or of category INTERRUPTED
   */
  public Cleaning run(Request request) {
    LocalBuilds local = LocalBuilds.read(outputFolder, progress);
    LeftoverSearch search = new LeftoverSearch(region, remnants, local, request, clock);
    settle(search);
    for (int round = 1; round <= ROUNDS; round++) {
      List<OrphanedResource> dead = search.dead((each, why) -> row(each, Fate.ALIVE, why));
      if (dead.isEmpty()) {
        break;
      }
      if (request.dryRun()) {
        dead.forEach(each -> row(each, Fate.FOUND, ""));
        break;
      }
      boolean failed = false;
      for (OrphanedResource each : dead) {
        failed |= !remove(each, local);
      }
      // What has just been waited for in vain is not waited for again.
      if (failed) {
        break;
      }
    }
    if (!request.dryRun()) {
      removeUnlistedKeyPairs(search);
      removeLocks(search);
    }
    return new Cleaning(region, List.copyOf(rows.values()));
  }

  /** Returns whether it is gone. */
  @SuppressWarnings("try") // The lock is held, not used.
  private boolean remove(OrphanedResource each, LocalBuilds local) {
    // Held: another may have begun to carry the build on meanwhile, or may be about to.
    Optional<Hold> hold = local.hold(each.buildId());
    if (hold.isEmpty()) {
      row(each, Fate.ALIVE, "the build is running on this machine");
      return false;
    }
    try (Hold held = hold.get()) {
      return removeHeld(each, local);
    }
  }

  private boolean removeHeld(OrphanedResource each, LocalBuilds local) {
    ResourceKind user = each.kind().user();
    if (user != null && isLeft(user, each.buildId())) {
      row(each, Fate.LEFT, "in use by the " + user + " that is left");
      return false;
    }
    progress.accept("Removing " + each.resource() + " of " + each.buildId());
    try {
      switch (each.kind()) {
        case IMAGE -> deregister(each);
        case SNAPSHOT -> ec2.snapshots().delete(each.id());
        case INSTANCE -> ec2.instances().terminate(each.id(), null);
        case VOLUME -> ec2.volumes().delete(each.id());
        case SECURITY_GROUP -> ec2.securityGroups().delete(each.id(), null);
        case KEY_PAIR -> ec2.keyPairs().deleteById(each.id());
      }
    } catch (BuildException failed) {
      failed.rethrowInterrupt();
      row(each, Fate.LEFT, Failures.firstLine(failed));
      return false;
    }
    row(each, Fate.REMOVED, "");
    RemovalRecord.of(each, local.of(each.buildId()), clock, progress);
    return true;
  }

  private boolean isLeft(ResourceKind kind, String buildId) {
    return rows.values().stream()
        .filter(row -> row.resource().kind() == kind && row.fate() == Fate.LEFT)
        .anyMatch(row -> row.buildId().equals(buildId));
  }

  // A build elsewhere that was taken for dead may have finished its image a moment ago.
  private void deregister(OrphanedResource image) {
    if (remnants.existing(ResourceKind.IMAGE, List.of(image.id())).stream()
        .anyMatch(OrphanedResource::finished)) {
      throw Category.EC2.failure("The image was finished meanwhile: it is not removed.");
    }
    ec2.images().deregister(image.id(), null);
  }

  /**
   * Waits until EC2 would show what a call has made that a crash cut off from its answer: the
   * request may have been on its way when its process died.
   */
  private void settle(LeftoverSearch search) {
    Instant now = clock.instant();
    Duration rest =
        Duration.between(now, search.lastOpenCall().map(at -> at.plus(SETTLED)).orElse(now));
    if (rest.compareTo(Duration.ZERO) > 0) {
      progress.accept(
          "A build was cut off in the middle of a call: waiting "
              + rest.toSeconds()
              + " s for what it may have made");
      sleeper.pause(rest, "waiting for what a build may have made");
    }
  }

  /**
   * Key pairs can't be listed, only found by their tags, which may lag behind: those that a journal
   * of the last hour names are deleted by name besides.
   */
  private void removeUnlistedKeyPairs(LeftoverSearch search) {
    Instant recent = clock.instant().minus(Duration.ofHours(1));
    for (RecordedBuild build : search.recorded()) {
      Instant last = build.lastAt();
      if (!build.notes().containsKey(KeptBuild.UNTIL_NOTE)
          && last != null
          && last.isAfter(recent)) {
        List<ResourceId> keys = RemovalRecord.keys(build);
        // One that is left is told of by its ID, with the reason.
        if (!keys.isEmpty() && !isLeft(ResourceKind.KEY_PAIR, build.buildId())) {
          search.local().hold(build.buildId()).ifPresent(hold -> deleteKeyPairs(keys, build, hold));
        }
      }
    }
  }

  /** Of builds of which nothing is left; the journals stay, as they tell what was. */
  private void removeLocks(LeftoverSearch search) {
    for (RecordedBuild build : search.recorded()) {
      boolean settled =
          rows.values().stream()
              .noneMatch(
                  row -> row.buildId().equals(build.buildId()) && row.fate() != Fate.REMOVED);
      if (settled) {
        try {
          search.local().discardLock(build.buildId());
        } catch (BuildException failed) {
          progress.accept(Failures.firstLine(failed));
        }
      }
    }
  }

  private void deleteKeyPairs(List<ResourceId> keys, RecordedBuild build, Hold hold) {
    try (hold) {
      keys.forEach(key -> deleteKeyPair(key, build.buildId()));
    }
  }

  private void deleteKeyPair(ResourceId key, String buildId) {
    try {
      ec2.keyPairs().delete(key.id());
    } catch (BuildException failed) {
      failed.rethrowInterrupt();
      // The table of all that was removed must not be lost over it.
      OrphanedResource left = new OrphanedResource(key, buildId, "", false, null);
      row(left, Fate.LEFT, Failures.firstLine(failed));
    }
  }

  private void row(OrphanedResource each, Fate fate, String note) {
    rows.put(each.resource(), new Row(each.buildId(), each.resource(), fate, note));
  }
}
