package io.wizzie.wcs.ami.chef;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a misspelt one was probably meant to be. */
final class NearestName {
  private NearestName() {}

  /** The nearest of the names, when it is near enough to be a likely answer. */
  static Optional<String> of(String written, Collection<String> names) {
    int tolerance = Math.max(1, written.length() / 3);
    return names.stream()
        .filter(name -> distance(written, name) <= tolerance)
        .min(Comparator.comparingInt((String name) -> distance(written, name)));
  }

  /** A question to append to a message, or nothing when no name is near. */
  static String question(String written, Collection<String> names) {
    return of(written, names).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /** Insertions, deletions, replacements, and exchanges of two neighbours. */
  private static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, one, other, i, j);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int cheapest(int[][] cost, String one, String other, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
    int cheapest = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean exchanged =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return exchanged ? Math.min(cheapest, cost[i - 2][j - 2] + 1) : cheapest;
  }
}
