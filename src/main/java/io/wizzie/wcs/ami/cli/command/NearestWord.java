package io.wizzie.wcs.ami.cli.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt option or command was meant to be. */
final class NearestWord {
  private NearestWord() {}

  /** The nearest word, when at most a third of the letters differ, or one begins with the other. */
  static Optional<String> of(String written, Collection<String> words) {
    int tolerance = Math.max(1, written.length() / 3);
    return words.stream()
        .filter(word -> word.length() > 2)
        .filter(word -> distance(written, word) <= tolerance || begins(written, word))
        .min(
            Comparator.comparingInt((String word) -> distance(written, word))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static boolean begins(String written, String word) {
    String letters = written.replaceFirst("^-+", "");
    return letters.length() >= 3 && (word.startsWith(written) || written.startsWith(word));
  }

  /** Letters to insert, to delete and to replace, one row of the table at a time. */
  private static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
