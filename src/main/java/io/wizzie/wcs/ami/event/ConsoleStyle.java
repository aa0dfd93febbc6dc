package io.wizzie.wcs.ami.event;

/**
 * What a console can show.
 *
 * @param colour whether colours are wanted; the control sequences that redraw lines are used on any
 *     terminal
 * @param unicode whether it shows more than ASCII
 */
public record ConsoleStyle(boolean colour, boolean unicode) {
  private static final String RESET = "\u001b[0m";

  public String ok(String text) {
    return paint("\u001b[32m", text);
  }

  public String bad(String text) {
    return paint("\u001b[1;31m", text);
  }

  public String caution(String text) {
    return paint("\u001b[33m", text);
  }

  public String active(String text) {
    return paint("\u001b[36m", text);
  }

  public String dim(String text) {
    return paint("\u001b[2m", text);
  }

  String doneMark() {
    return unicode ? "✓" : "+";
  }

  String failedMark() {
    return unicode ? "✗" : "x";
  }

  String activeMark() {
    return unicode ? "▸" : ">";
  }

  String bar() {
    return unicode ? "│" : "|";
  }

  public String ellipsis() {
    return unicode ? "…" : "~";
  }

  private String paint(String code, String text) {
    return colour && !text.isEmpty() ? code + text + RESET : text;
  }
}
