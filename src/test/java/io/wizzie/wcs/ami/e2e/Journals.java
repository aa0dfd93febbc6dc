package io.wizzie.wcs.ami.e2e;

import io.wizzie.wcs.ami.journal.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The journals below an output folder, as they grow. */
final class Journals {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Journals() {}

  /**
   * Waits until the journal of a running command is so long, and returns its folder.
   *
   * @param before folders of other commands
   */
  static Path await(Path output, Running running, int lines, List<Path> before) {
    return await(output, List.of(running), lines, before).get(0);
  }

  /** As above, of all commands that there have been. */
  static List<Path> awaitAll(Path output, List<Running> running, int lines) {
    return await(output, running, lines, List.of());
  }

  private static List<Path> await(
      Path output, List<Running> running, int lines, List<Path> before) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline && running.stream().allMatch(Running::isAlive)) {
      List<Path> folders = folders(output).stream().filter(one -> !before.contains(one)).toList();
      if (folders.size() == running.size()
          && folders.stream().allMatch(folder -> lines(folder) >= lines)) {
        return folders;
      }
      pause();
    }
    throw new AssertionError(
        "The journal never had %d lines:%n%s"
            .formatted(lines, running.stream().map(Running::messages).toList()));
  }

  /** The folders that have a journal. */
  static List<Path> folders(Path output) {
    if (!Files.exists(output)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(output)) {
      return folders.filter(JournalReader::isIn).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int lines(Path folder) {
    return (int)
        Workplace.read(folder.resolve("journal.jsonl")).chars().filter(c -> c == '\n').count();
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }
}
