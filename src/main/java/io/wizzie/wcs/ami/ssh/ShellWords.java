package io.wizzie.wcs.ami.ssh;

import java.util.List;
import java.util.stream.Collectors;

/** Quoting for a POSIX shell. */
public final class ShellWords {
  private ShellWords() {}

  /** One shell word that stands for exactly this text. */
  public static String quote(String word) {
    if (!word.isEmpty() && word.chars().allMatch(ShellWords::isPlain)) {
      return word;
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** The words as one command line. */
  public static String join(List<String> words) {
    return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_-./:=@%+,".indexOf(c) >= 0;
  }
}
