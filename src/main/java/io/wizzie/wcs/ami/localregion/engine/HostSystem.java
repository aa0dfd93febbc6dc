package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The system that this program runs on, and its apt sources, as far as guests are made of the same.
 */
record HostSystem(OsRelease release, List<String> sources) {
  HostSystem {
    sources = List.copyOf(sources);
  }

  /** Reads the system below {@code /}, or a folder that stands for it. */
  static HostSystem read(Path root) {
    try {
      Path file = root.resolve("etc/os-release");
      OsRelease release = OsRelease.parse(Files.exists(file) ? Files.readString(file) : "");
      return new HostSystem(release, sources(root.resolve("etc/apt"), release));
    } catch (IOException unreadable) {
      throw Category.HOST.failure(
          "The description of this system cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static List<String> sources(Path apt, OsRelease release) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.exists(apt.resolve("sources.list"))) {
      files.add(apt.resolve("sources.list"));
    }
    Path parts = apt.resolve("sources.list.d");
    if (Files.isDirectory(parts)) {
      try (Stream<Path> entries = Files.list(parts)) {
        entries.sorted().forEach(files::add);
      }
    }
    AptSources sources = new AptSources(release);
    for (Path file : files) {
      // The endings that apt reads; it ignores all others.
      if (file.toString().endsWith(".list")) {
        sources.addLines(Files.readString(file));
      } else if (file.toString().endsWith(".sources")) {
        sources.addStanzas(Files.readString(file));
      }
    }
    return sources.entries();
  }
}
