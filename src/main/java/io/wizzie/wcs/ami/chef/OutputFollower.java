package io.wizzie.wcs.ami.chef;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of {@code converge.sh follow}. Each line of chef-solo's ends with a separator; a
 * line without one was cut when a connection was lost and is asked for again.
 */
final class OutputFollower implements Consumer<String> {
  private static final char SEPARATOR = '\036';

  private final Consumer<String> lines;
  private int seen;
  private @Nullable String state;

  OutputFollower(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void accept(String line) {
    int end = line.length() - 1;
    if (end >= 0 && line.charAt(end) == SEPARATOR) {
      seen++;
      lines.accept(line.substring(0, end));
    } else if (end > 0 && line.charAt(0) == SEPARATOR) {
      state = line.substring(1);
    }
  }

  /** Number, from 1, of the first line that has not come yet. */
  int nextLine() {
    return seen + 1;
  }

  /** How chef-solo ended, as the script says it last; null before that. */
  @Nullable String state() {
    return state;
  }
}
