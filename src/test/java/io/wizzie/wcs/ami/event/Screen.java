package io.wizzie.wcs.ami.event;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal of a certain width would show: knows line ends, wrapping, and the few control
 * sequences that a console here may use. Any other fails the test.
 */
final class Screen {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int columns;

  Screen(int columns) {
    this.columns = columns;
  }

  PrintStream stream() {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  String raw() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The lines that stand on it, without colours; the last is where the cursor is. */
  List<String> lines() {
    String text = raw();
    List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    int row = 0;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == '\n') {
        row++;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else if (c == 0x1b) {
        int end = at + 1;
        while (!Character.isLetter(text.charAt(end))) {
          end++;
        }
        String parameter = text.substring(at + 1, end);
        switch (text.charAt(end)) {
          case 'A' -> row -= Integer.parseInt(parameter);
          case 'J' -> {
            lines.subList(row, lines.size()).clear();
            lines.add(new StringBuilder());
          }
          case 'm' -> {}
          default -> throw new AssertionError("Unknown sequence ESC" + text.substring(at, end + 1));
        }
        at = end + 1;
      } else if (c != '\r') { // every sequence here starts from column 0 anyway
        if (LineText.columnsOf(lines.get(row).toString()) >= columns) {
          row++;
          lines.add(row, new StringBuilder());
        }
        lines.get(row).appendCodePoint(c);
      }
    }
    return lines.stream().map(StringBuilder::toString).toList();
  }
}
