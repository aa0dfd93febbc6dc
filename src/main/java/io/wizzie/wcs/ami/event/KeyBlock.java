package io.wizzie.wcs.ami.event;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds private keys that a program prints in PEM, line by line, whoever made them: whatever comes
 * between their first line and their last, of the same program, is hidden.
 */
final class KeyBlock {
  static final String BEGIN = "-----BEGIN ";

  private static final String KEY = "PRIVATE KEY-----";
  private static final String END = "-----END ";

  /** The longest key in use has some 100 lines: a last line that never comes must not hide all. */
  private static final int MOST_LINES = 200;

  private final Map<String, Integer> open = new HashMap<>();

  /** Whether this line of that program's is to be hidden. */
  boolean hides(String source, String line) {
    int begin = line.indexOf(BEGIN);
    if (begin >= 0 && line.indexOf(KEY, begin) >= 0) {
      if (line.indexOf(END, begin) < 0) {
        open.put(source, MOST_LINES);
      }
      return true;
    }
    Integer left = open.get(source);
    if (left == null) {
      return false;
    }
    if (left == 1 || line.contains(END)) {
      open.remove(source);
    } else {
      open.put(source, left - 1);
    }
    return true;
  }
}
