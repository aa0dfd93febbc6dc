package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.config.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers problems and warnings, so that a user sees all at once and in the order of the input. */
final class Problems {
  private record Found(Origin origin, Problem problem) {}

  private final List<Found> found = new ArrayList<>();
  private final List<Found> warnings = new ArrayList<>();

  void add(Origin origin, String path, String message) {
    add(found, origin, path, message);
  }

  /** Adds what does not make the configuration invalid. */
  void warn(Origin origin, String path, String message) {
    add(warnings, origin, path, message);
  }

  private static void add(List<Found> found, Origin origin, String path, String message) {
    Problem problem = new Problem(origin.where(), path, message);
    // Two rules may come to the same end on one value; saying it once is enough.
    if (found.stream().noneMatch(other -> other.problem().equals(problem))) {
      found.add(new Found(origin, problem));
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Problem> sorted() {
    return sorted(found);
  }

  List<Problem> warnings() {
    return sorted(warnings);
  }

  private static List<Problem> sorted(List<Found> found) {
    return found.stream()
        .sorted(
            Comparator.comparingInt((Found one) -> one.origin().source())
                .thenComparingInt(one -> one.origin().line()))
        .map(Found::problem)
        .toList();
  }
}
