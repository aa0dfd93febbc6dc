package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of {@code converge.sh follow}. Each line of chef-solo's ends with a separator; a
 * line without one was cut when a connection was lost and is asked for again, or is a piece of one
 * too long for the shell, and is put together again up to {@value #MAX_LINE} characters.
 */
final class OutputFollower implements Consumer<String> {
  /** The most that is kept of a line; what is beyond it is left out. */
  static final int MAX_LINE = 64 * 1024;

  private static final char SEPARATOR = '\036';
  private static final String NOTE = "note ";

  private final Consumer<String> lines;
  private final StringBuilder pieces = new StringBuilder();
  private final List<String> notes = new ArrayList<>();
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
      lines.accept(whole(line.substring(0, end)));
    } else if (end > 0 && line.charAt(0) == SEPARATOR) {
      said(line.substring(1));
    } else if (isPiece(line)) {
      keep(line);
    }
  }

  /** To be called when the output is asked for again: what was cut will come once more. */
  void restart() {
    pieces.setLength(0);
    notes.clear();
  }

  /** Number, from 1, of the first line that has not come yet. */
  int nextLine() {
    return seen + 1;
  }

  /** The end of chef-solo, as the script says it last; null before that. */
  @Nullable String state() {
    return state;
  }

  /** The notes of the script that explain a failure. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  private void said(String text) {
    if (text.startsWith(NOTE)) {
      notes.add(text.substring(NOTE.length()));
    } else {
      state = text;
    }
  }

  /** Anything shorter is a line of somebody else, such as sudo on standard error. */
  private static boolean isPiece(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length >= RemoteShell.SHORTEST_PIECE;
  }

  private void keep(String piece) {
    pieces.append(piece, 0, Math.min(piece.length(), MAX_LINE - pieces.length()));
  }

  private String whole(String last) {
    if (pieces.isEmpty()) {
      return last;
    }
    keep(last);
    String line = pieces.toString();
    pieces.setLength(0);
    return line;
  }
}
