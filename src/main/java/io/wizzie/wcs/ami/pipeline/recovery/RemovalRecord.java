package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.ec2.OrphanedResource;
import io.wizzie.wcs.ami.journal.BuildFolder;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.journal.RecordedResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a dead build's journal what was removed after it. */
final class RemovalRecord {
  /** Two cleanings must not go on with one journal at once. */
  private static final String LOCK_NAME = "removal.lock";

  private RemovalRecord() {}

  /**
   * Records it, if there is a journal.
   *
   * @param warn gets a line when that is not possible; the removal is what counts
   */
  static void of(
      OrphanedResource gone, @Nullable RecordedBuild build, Clock clock, Consumer<String> warn) {
    if (build == null) {
      return;
    }
    if (gone.kind() == ResourceKind.INSTANCE || gone.kind() == ResourceKind.KEY_PAIR) {
      forgetSecrets(build.folder(), warn);
    }
    Path alone = build.folder().resolve(LOCK_NAME);
    try {
      // A journal knows key pairs by their names, EC2's tags by their IDs.
      List<ResourceId> ids =
          gone.kind() == ResourceKind.KEY_PAIR ? keys(build) : List.of(gone.resource());
      LockFile.locked(
          alone,
          () -> {
            Journal journal = Journal.reopen(build.folder(), null, clock);
            ids.forEach(journal::removed);
            return ids;
          });
      LockFile.discard(alone);
    } catch (BuildException failed) {
      warn.accept(Failures.firstLine(failed));
    }
  }

  /**
   * The private key that {@code --on-error keep} has written opens nothing any more, and a killed
   * build leaves its bundle, which may hold a data-bag secret.
   */
  private static void forgetSecrets(Path folder, Consumer<String> warn) {
    try {
      new BuildFolder(folder).removeBundle();
    } catch (BuildException failed) {
      warn.accept(Failures.firstLine(failed));
    }
    for (String name : List.of(KeptBuild.KEY_FILE, KeptBuild.KNOWN_HOSTS_FILE)) {
      try {
        Files.deleteIfExists(folder.resolve(name));
      } catch (IOException failed) {
        warn.accept("The file " + folder.resolve(name) + " can't be deleted, delete it: " + failed);
      }
    }
  }

  /** The key pairs, by name, that the build has made or may have made, and not removed. */
  static List<ResourceId> keys(RecordedBuild build) {
    ResourceKind kind = ResourceKind.KEY_PAIR;
    return Stream.concat(
            build.resources().stream()
                .filter(each -> each.isUnaccounted() && each.is(kind))
                .map(RecordedResource::resource),
            build.open().stream()
                .filter(intent -> intent.kind() == kind)
                .flatMap(
                    intent ->
                        intent.find().values().stream()
                            .map(name -> new ResourceId(intent.region(), kind, name))))
        .distinct()
        .toList();
  }
}
