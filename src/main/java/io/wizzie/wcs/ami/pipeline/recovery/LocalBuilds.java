package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.PrivateFiles;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.journal.JournalReader;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The builds whose folders are here: whether they live, and what their journals say. */
final class LocalBuilds {
  private final Path outputFolder;
  private final Map<String, RecordedBuild> recorded;

  private LocalBuilds(Path outputFolder, Map<String, RecordedBuild> recorded) {
    this.outputFolder = outputFolder;
    this.recorded = recorded;
  }

  /**
   * @param warn gets a line for each that can't be read; its build is known by its tags alone then
   */
  static LocalBuilds read(Path outputFolder, Consumer<String> warn) {
    Map<String, RecordedBuild> recorded = new TreeMap<>();
    if (Files.isDirectory(outputFolder)) {
      for (Path folder :
          PrivateFiles.require(
              "The builds in " + outputFolder + " can't be listed", () -> folders(outputFolder))) {
        try {
          RecordedBuild build = JournalReader.read(folder);
          recorded.put(build.buildId(), build);
        } catch (BuildException corrupt) {
          warn.accept(String.valueOf(corrupt.getMessage()));
        }
      }
    }
    return new LocalBuilds(outputFolder, recorded);
  }

  private static List<Path> folders(Path outputFolder) throws IOException {
    try (Stream<Path> folders = Files.list(outputFolder)) {
      return folders.filter(JournalReader::isIn).sorted().toList();
    }
  }

  Map<String, RecordedBuild> recorded() {
    return recorded;
  }

  @Nullable RecordedBuild of(String buildId) {
    return recorded.get(buildId);
  }

  /** Whether the build was run from here, so that its lock tells whether it lives. */
  boolean has(String buildId) {
    return BuildId.isOne(buildId) && Files.isDirectory(outputFolder.resolve(buildId));
  }

  /** Takes away what says that the build lives, which it does not. */
  void discardLock(String buildId) {
    LockFile.discard(lock(buildId));
  }

  /** Whether a process runs the build at this moment; one that can't be told is taken to live. */
  boolean isRunning(String buildId) {
    try {
      return has(buildId) && LockFile.isTaken(lock(buildId));
    } catch (BuildException unknown) {
      return true;
    }
  }

  /** Keeps a build that is over from being resumed; several cleanings may do so at once. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** Empty when a process runs the build. */
  Optional<Hold> hold(String buildId) {
    return has(buildId)
        ? LockFile.tryShare(lock(buildId), Journal.PATIENCE).map(lock -> lock::close)
        : Optional.of(() -> {});
  }

  private Path lock(String buildId) {
    return Journal.lockFile(outputFolder.resolve(buildId));
  }
}
