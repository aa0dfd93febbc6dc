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

  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
