package io.wizzie.wcs.ami.event;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes text from outside fit to stand on one line of a terminal or a log. */
public final class LineText {
  private static final Pattern ESCAPES =
      Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|.)");

  private LineText() {}

  /**
   * The text without terminal escapes and control characters: what a guest prints must not move the
   * cursor, recolour or retitle the terminal of whoever builds.
   */
  public static String plain(String text) {
    String bare = text.indexOf('\u001b') < 0 ? text : ESCAPES.matcher(text).replaceAll("");
    StringBuilder plain = new StringBuilder(bare.length());
    bare.codePoints()
        .forEach(
            c -> {
              if (c == '\t') {
                plain.append("  ");
              } else if (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT) {
                plain.appendCodePoint(c);
              }
            });
    return plain.toString().stripTrailing();
  }

  /** The text as separate {@link #plain} lines. */
  public static List<String> lines(String text) {
    return text.lines().map(LineText::plain).toList();
  }

  /**
   * The text cut so that it takes at most {@code columns} columns, the last of them an ellipsis
   * when something was cut.
   *
   * @param ellipsis one column wide
   */
  public static String fit(String text, int columns, String ellipsis) {
    if (columns <= 0) {
      return "";
    }
    if (columnsOf(text) <= columns) {
      return text;
    }
    StringBuilder fitting = new StringBuilder();
    int used = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      used += columnsOf(c);
      if (used > columns - 1) {
        break;
      }
      fitting.appendCodePoint(c);
      at += Character.charCount(c);
    }
    return fitting.append(ellipsis).toString();
  }

  /**
   * The text as lines of at most {@code columns} columns, broken between words; a longer word is a
   * line by itself, and not cut, so that it can be copied.
   */
  public static List<String> wrap(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" +", -1)) {
      if (line.length() > 0 && columnsOf(line.toString()) + 1 + columnsOf(word) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return List.copyOf(lines);
  }

  /** How many columns of a terminal the text takes. */
  public static int columnsOf(String text) {
    return text.codePoints().map(LineText::columnsOf).sum();
  }

  private static int columnsOf(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(c) ? 2 : 1;
  }

  /** The wide blocks of Unicode's East Asian Width, near enough for cutting a line. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x1F300 && c <= 0x1FAFF)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }
}
