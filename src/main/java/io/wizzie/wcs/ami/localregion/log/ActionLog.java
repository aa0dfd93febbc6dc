package io.wizzie.wcs.ami.localregion.log;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.query.QueryRequest;
import io.wizzie.wcs.ami.localregion.state.SharedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line of JSON on each request that any process answers, if it can. The log keeps at least
 * the last {@link #MOST_BYTES} of them: a full file becomes the old one, of which there is one.
 */
public final class ActionLog {
  /** Of one file; some ten thousand requests. */
  static final long MOST_BYTES = 4L << 20;

  static final String FILE = "actions.jsonl";
  static final String OLD_FILE = "actions.1.jsonl";

  private final SharedFolder folder;
  private final Clock clock;
  private final long mostBytes;

  public ActionLog(Path stateFolder, Clock clock) {
    this(stateFolder, clock, MOST_BYTES);
  }

  ActionLog(Path stateFolder, Clock clock, long mostBytes) {
    this.folder = folder(stateFolder);
    this.clock = clock;
    this.mostBytes = mostBytes;
  }

  /** Not beside the regions' files: this is not a region. */
  static SharedFolder folder(Path stateFolder) {
    return new SharedFolder(stateFolder.resolve("log"));
  }

  /** The same answers, each of them logged. */
  public Function<QueryRequest, String> of(Function<QueryRequest, String> answers) {
    return request -> {
      Instant begun = clock.instant();
      String answer;
      try {
        answer = answers.apply(request);
      } catch (RuntimeException thrown) {
        write(begun, request, thrown);
        throw thrown;
      }
      write(begun, request, null);
      return answer;
    };
  }

  /** Forgets everything. */
  public void clear() {
    folder.delete(FILE);
    folder.delete(OLD_FILE);
  }

  private void write(Instant begun, QueryRequest request, @Nullable RuntimeException thrown) {
    Duration took = Duration.between(begun, clock.instant());
    byte[] line =
        (ActionEntry.of(begun, took, request, thrown).json() + "\n")
            .getBytes(StandardCharsets.UTF_8);
    try {
      folder.locked(
          () -> {
            append(line);
            return line;
          });
    } catch (BuildException lost) {
      // The action has had its effect: its answer must not become a failure, which clients repeat.
      // The log lacks a line.
      return;
    }
  }

  private void append(byte[] line) {
    Path file = folder.file(FILE);
    try {
      if (Files.exists(file) && Files.size(file) + line.length > mostBytes) {
        Files.move(file, folder.file(OLD_FILE), StandardCopyOption.REPLACE_EXISTING);
      }
      if (Files.notExists(file)) {
        folder.replace(FILE, new byte[0]);
      }
      Files.write(file, line, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw Category.HOST.failure(
          "The action log " + file + " can't be written: " + e.getMessage(), e);
    }
  }
}
