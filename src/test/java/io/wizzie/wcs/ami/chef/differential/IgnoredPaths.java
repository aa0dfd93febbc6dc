package io.wizzie.wcs.ami.chef.differential;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/** Paths whose difference says nothing, each declared with its reason. */
record IgnoredPaths(List<PathMatcher> matchers) {
  /**
   * Reads lines of a glob, two or more spaces, and the reason; lines that begin with # are notes.
   *
   * @throws IllegalArgumentException when a path has no reason
   */
  static IgnoredPaths read(Path file) throws IOException {
    return new IgnoredPaths(
        Files.readAllLines(file).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(IgnoredPaths::matcher)
            .toList());
  }

  private static PathMatcher matcher(String line) {
    int end = line.indexOf("  ");
    if (end < 0) {
      throw new IllegalArgumentException("This path has no reason: " + line);
    }
    return FileSystems.getDefault().getPathMatcher("glob:" + line.substring(0, end));
  }

  boolean contain(String path) {
    return matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(path)));
  }
}
