package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.config.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong, so that a user sees all of it at once and in the order of the input. */
final class Problems {
  private record Found(Origin origin, Problem problem) {}

  private final List<Found> found = new ArrayList<>();

  void add(Origin origin, String path, String message) {
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
    return found.stream()
        .sorted(
            Comparator.comparingInt((Found one) -> one.origin().source())
                .thenComparingInt(one -> one.origin().line()))
        .map(Found::problem)
        .toList();
  }
}
