package io.wizzie.wcs.ami.ssh;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines of UTF-8.
 *
 * <p>A carriage return ends a line too, so that what redraws a progress bar is seen while it
 * happens; what it leaves empty is dropped. A line without end is handed on in pieces.
 */
final class OutputLines {
  /** Longest piece of a line, in bytes. */
  static final int MAX_LINE = 8 * 1024;

  private final Consumer<String> onLine;
  private final byte[] line = new byte[MAX_LINE];
  private int length;
  private boolean afterReturn;
  private boolean afterPiece;

  OutputLines(Consumer<String> onLine) {
    this.onLine = onLine;
  }

  void write(byte[] bytes) {
    for (byte b : bytes) {
      switch (b) {
        case '\n' -> newline();
        case '\r' -> carriageReturn();
        default -> append(b);
      }
    }
  }

  /** Hands on what came after the last line's end. */
  void end() {
    if (length > 0) {
      emit(length);
    }
  }

  private void newline() {
    // An empty line is one too, unless it only completes a CR LF or a piece that was cut.
    if (length > 0 || !(afterReturn || afterPiece)) {
      emit(length);
    }
    afterReturn = false;
    afterPiece = false;
  }

  private void carriageReturn() {
    if (length > 0) {
      emit(length);
      afterReturn = true;
    }
    afterPiece = false;
  }

  private void append(byte b) {
    afterReturn = false;
    afterPiece = false;
    line[length++] = b;
    if (length == MAX_LINE) {
      emit(Utf8.wholeCharacters(line, length));
      afterPiece = length == 0;
    }
  }

  private void emit(int upTo) {
    String text = new String(line, 0, upTo, StandardCharsets.UTF_8);
    System.arraycopy(line, upTo, line, 0, length - upTo);
    length -= upTo;
    onLine.accept(text);
  }
}
