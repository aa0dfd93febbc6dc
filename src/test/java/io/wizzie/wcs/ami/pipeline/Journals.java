package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Journals as files, and what a crash makes of them. */
final class Journals {
  private Journals() {}

  /** None before there is a journal. */
  static List<String> lines(Path folder) {
    try {
      Path file = folder.resolve(Journal.FILE_NAME);
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves the first lines alone, and nothing that a build writes at its end. */
  static void cut(Path folder, int lines) {
    try {
      Files.write(folder.resolve(Journal.FILE_NAME), lines(folder).subList(0, lines));
      for (String last : List.of("manifest.json", "template.json")) {
        Files.deleteIfExists(folder.resolve(last));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Number of the first line with that text, from 1. */
  static int lineOf(Path folder, String text) {
    List<String> lines = lines(folder);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i + 1;
      }
    }
    throw new AssertionError("No " + text + " in " + lines);
  }
}
