package io.wizzie.wcs.ami.chef.differential;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;

/** Differences that say nothing of who converged, each declared with its reason. */
record IgnoredPaths(List<Rule> rules) {
  /**
   * @param contentOnly whether type, mode and owner must be the same all the same
   */
  private record Rule(PathMatcher paths, boolean contentOnly) {}

  /**
   * Reads lines of {@code all} or {@code content}, a glob, and the reason, with two or more spaces
   * between; lines that begin with # are notes.
   *
   * @throws IllegalArgumentException when a path has no reason
   */
  static IgnoredPaths read(Path file) throws IOException {
    return new IgnoredPaths(
        Files.readAllLines(file).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(IgnoredPaths::rule)
            .toList());
  }

  private static Rule rule(String line) {
    List<String> parts = List.of(line.split(" {2,}", 3));
    if (parts.size() < 3 || !Set.of("all", "content").contains(parts.get(0))) {
      throw new IllegalArgumentException("Not what is ignored, where and why: " + line);
    }
    return new Rule(
        FileSystems.getDefault().getPathMatcher("glob:" + parts.get(1)),
        parts.get(0).equals("content"));
  }

  /**
   * Whether a difference of two states is declared.
   *
   * @param one a state, as {@link GuestTree} has it
   */
  boolean contain(String path, String one, String other) {
    return rules.stream()
        .filter(rule -> rule.paths().matches(Path.of(path)))
        .anyMatch(rule -> !rule.contentOnly() || GuestTree.sameButContent(one, other));
  }
}
