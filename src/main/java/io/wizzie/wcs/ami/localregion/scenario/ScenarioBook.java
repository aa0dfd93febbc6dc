package io.wizzie.wcs.ami.localregion.scenario;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.SharedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The scenario in force, kept in the state folder: every process that serves the region follows it,
 * from the next request on.
 */
public final class ScenarioBook {
  private static final String TEXT = "scenario.json";
  private static final String PROGRESS = "progress.json";

  private final SharedFolder folder;
  private final Clock clock;
  private volatile Active active = Active.NONE;

  public ScenarioBook(Path stateFolder, Clock clock) {
    // Not beside the regions' files: this is not a region.
    this.folder = new SharedFolder(stateFolder.resolve("scenario"));
    this.clock = clock;
  }

  /** A scenario in force; its stamp changes with the file, and is null if there is none. */
  record Active(@Nullable Object stamp, String digest, Scenario scenario, Instant since) {
    static final Active NONE = new Active(null, "", Scenario.NONE, Instant.MAX);
  }

  /** Puts a scenario, which {@link ScenarioReader} has accepted, in force from its beginning. */
  public void set(String text) {
    folder.locked(
        () -> {
          folder.replace(TEXT, text.getBytes(StandardCharsets.UTF_8));
          Progress beginning = Progress.begin(digest(text), clock.instant());
          folder.replace(PROGRESS, beginning.write());
          return text;
        });
  }

  /** Ends the scenario in force, if there is one. */
  public void clear() {
    if (text().isPresent()) {
      folder.locked(
          () -> {
            folder.delete(TEXT);
            folder.delete(PROGRESS);
            return TEXT;
          });
    }
  }

  /** The scenario in force as it was written. */
  public Optional<String> text() {
    return folder.read(TEXT).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** In a line, for people; empty if none is in force. */
  public Optional<String> summary() {
    return text()
        .map(
            text -> {
              Scenario scenario = ScenarioReader.read(folder.file(TEXT).toString(), text);
              String description = scenario.description();
              return description == null ? scenario.contents() : description;
            });
  }

  Active active() {
    Active known = active;
    @Nullable Object stamp = stamp();
    if (stamp == null) {
      known = Active.NONE;
    } else if (!stamp.equals(known.stamp())) {
      known = folder.locked(this::read);
    }
    active = known;
    return known;
  }

  /** Lets the scenario's rules count, and keeps what they counted. */
  <T> T counting(Active of, Function<Progress, T> work) {
    return folder.locked(
        () -> {
          Progress progress = progress(of.digest());
          T result = work.apply(progress);
          // Nothing is kept for a scenario that has ended meanwhile.
          if (of.stamp() != null && of.stamp().equals(stamp())) {
            folder.replace(PROGRESS, progress.write());
          }
          return result;
        });
  }

  private Active read() {
    @Nullable Object stamp = stamp();
    Optional<String> text = text();
    if (stamp == null || text.isEmpty()) {
      return Active.NONE;
    }
    Scenario scenario = ScenarioReader.read(folder.file(TEXT).toString(), text.get());
    String digest = digest(text.get());
    Progress progress = progress(digest);
    folder.replace(PROGRESS, progress.write());
    return new Active(stamp, digest, scenario, progress.since());
  }

  private Progress progress(String digest) {
    return folder
        .read(PROGRESS)
        .map(Progress::read)
        .filter(kept -> kept.isOf(digest))
        .orElseGet(() -> Progress.begin(digest, clock.instant()));
  }

  /** Changes whenever the file is replaced or written to; null if there is none. */
  private @Nullable Object stamp() {
    Path file = folder.file(TEXT);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime();
    } catch (NoSuchFileException none) {
      return null;
    } catch (IOException e) {
      throw Category.HOST.failure("The scenario " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static String digest(String text) {
    return Ids.of("scenario", text);
  }
}
