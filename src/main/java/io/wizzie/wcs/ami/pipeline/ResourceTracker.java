package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.ec2.AvailableImage;
import io.wizzie.wcs.ami.ec2.client.AwsCli;
import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.BuildEvent.ImageKept;
import io.wizzie.wcs.ami.event.BuildEvent.ResourceCreated;
import io.wizzie.wcs.ami.event.BuildEvent.Warning;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.pipeline.CleanupStack.Entry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates things so that nothing is lost: the intent is recorded before the call, the removal is
 * registered right after it. A call whose answer never came is registered too, to be looked for by
 * the name or token it was made with.
 */
record ResourceTracker(
    Clock clock,
    Consumer<BuildEvent> events,
    Journal journal,
    CleanupStack cleanup,
    AwsCli cli,
    String buildId,
    Heartbeat heartbeat) {
  /** Removes a thing by its ID; that it is gone is no error. */
  @FunctionalInterface
  interface Remover {
    /**
     * Removes it.
     *
     * @param madeAt when the creating call was answered: of what was made moments ago, EC2 may say
     *     that it does not exist, and have it a moment later; null when that is long ago
     */
    void remove(String id, @Nullable Instant madeAt);
  }

  /**
   * A kind of thing, and how one is told from another, removed and found again.
   *
   * @param id the ID in what the creating call returned
   * @param findLost IDs of what a call whose answer is missing has made; from the call's name or
   *     token
   */
  record Kind<T>(
      String region,
      ResourceKind kind,
      Function<T, String> id,
      Remover remove,
      Function<String, List<String>> findLost) {
    ResourceId resource(String name) {
      return new ResourceId(region, kind, name);
    }
  }

  /**
   * @param finder what {@code key} is, such as {@code client-token}
   * @param key the unique name or token of the call
   */
  <T> T create(Kind<T> kind, String finder, String key, Supplier<T> call) {
    long intent = journal.intend(kind.region(), kind.kind(), Map.of(finder, key));
    T made;
    try {
      made = call.get();
    } catch (Ec2CallException failed) {
      noteFailure(kind, key, intent, failed);
      throw failed;
    }
    String id = kind.id().apply(made);
    // Before anything else can fail, the journal included.
    Entry entry = entry(kind, id, clock.instant());
    cleanup.push(entry);
    if (kind.kind() == ResourceKind.INSTANCE) {
      heartbeat.watch(id);
    }
    journal.created(intent, kind.resource(id));
    tellCreated(entry);
    return made;
  }

  /** Something that the build has made before it was killed. */
  <T> void restore(Kind<T> kind, String id) {
    Entry entry = entry(kind, id, null);
    cleanup.push(entry);
    tellCreated(entry);
    if (kind.kind() == ResourceKind.INSTANCE) {
      heartbeat.watch(id);
    }
  }

  /** The same, of what is removed right after another: a snapshot after its image. */
  void restore(Entry entry, ResourceId upper) {
    cleanup.pushUnder(upper, entry);
    tellCreated(entry);
  }

  private void tellCreated(Entry entry) {
    events.accept(new ResourceCreated(clock.instant(), entry.resource()));
  }

  /** Something that a call may have made in whose middle the build was killed. */
  <T> void restoreLost(Kind<T> kind, String key) {
    cleanup.push(lost(kind, key));
  }

  /** Something that a creating call has made besides what it answered with, found later. */
  void found(Entry entry, ResourceId upper) {
    if (cleanup.has(entry.resource())) {
      return;
    }
    cleanup.pushUnder(upper, entry);
    journal.created(
        journal.intend(
            entry.resource().region(),
            entry.resource().kind(),
            Map.of(upper.kind().toString(), upper.id())),
        entry.resource());
    tellCreated(entry);
  }

  /**
   * The image is finished: from now on it stays, whatever happens, and everybody knows it.
   *
   * <p>Nothing here fails: a full disk must not take the image away again.
   */
  void handOut(AvailableImage image, Resources resources) {
    ResourceId id = resources.id(ResourceKind.IMAGE, image.imageId());
    List<ResourceId> snapshots =
        image.snapshotIds().stream()
            .map(each -> resources.id(ResourceKind.SNAPSHOT, each))
            .toList();
    cleanup.forget(id);
    snapshots.forEach(cleanup::forget);
    events.accept(new ImageKept(clock.instant(), image.imageId(), image.snapshotIds()));
    try {
      journal.kept(id);
      snapshots.forEach(journal::kept);
    } catch (BuildException failed) {
      events.accept(new Warning(clock.instant(), Failures.firstLine(failed)));
    }
  }

  private <T> Entry entry(Kind<T> kind, String id, @Nullable Instant madeAt) {
    return new Entry(
        kind.resource(id),
        cli.remove(kind.resource(id)),
        () -> {
          kind.remove().remove(id, madeAt);
          return List.of(id);
        });
  }

  private <T> void noteFailure(Kind<T> kind, String key, long intent, Ec2CallException failed) {
    // All names are unique to the build: a duplicate is its own, made by a call whose answer the
    // SDK lost and repeated.
    boolean duplicate = failed.code().endsWith(".Duplicate");
    if (!failed.isOutcomeUnknown() && !duplicate) {
      journal.refused(intent, failed.code());
      return;
    }
    cleanup.push(lost(kind, key));
    journal.unanswered(intent, failed.code().isEmpty() ? "no answer" : failed.code());
  }

  private <T> Entry lost(Kind<T> kind, String key) {
    return new Entry(
        kind.resource(key),
        cli.listBuild(buildId),
        () -> {
          List<String> lost = kind.findLost().apply(key);
          lost.forEach(id -> kind.remove().remove(id, null));
          return lost;
        });
  }
}
