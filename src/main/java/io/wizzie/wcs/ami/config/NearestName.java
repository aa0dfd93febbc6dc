package io.wizzie.wcs.ami.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class NearestName {
  private NearestName() {}

  /** The nearest of the names, when one is near enough to be a likely answer. */
  public static Optional<String> of(String written, Collection<String> names) {
    String plain = plain(written);
    int tolerance = Math.max(1, plain.length() / 3);
    return names.stream()
        .filter(name -> distance(plain, plain(name)) <= tolerance || shortened(plain, plain(name)))
        .min(Comparator.comparingInt(name -> distance(plain, plain(name))));
  }

  public static String question(String name) {
    return "; did you mean \"" + name + "\"?";
  }

  /** Packer's and Chef's {@code run_list} and EC2's {@code run-list} are our {@code runList}. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[_. -]", "");
  }

  private static boolean shortened(String written, String name) {
    return written.length() >= 4 && (name.startsWith(written) || written.startsWith(name));
  }

  /** Insertions, deletions, replacements, and exchanges of two neighbours. */
  private static int distance(String one, String other) {
    int[][] table = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : cheapest(table, one, other, i, j);
      }
    }
    return table[one.length()][other.length()];
  }

  private static int cheapest(int[][] table, String one, String other, int i, int j) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int cost =
        Math.min(
            table[i - 1][j - 1] + (same ? 0 : 1), Math.min(table[i - 1][j], table[i][j - 1]) + 1);
    boolean exchanged =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return exchanged ? Math.min(cost, table[i - 2][j - 2] + 1) : cost;
  }
}
