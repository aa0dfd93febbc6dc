package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.event.LineText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows in aligned columns, two spaces apart, without trailing space. Where they are wider than the
 * page, the widest columns are wrapped at blanks; words stay whole.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int page;

  /**
   * @param page columns to write for
   */
  TextTable(int page, String... headings) {
    this.page = page;
    rows.add(List.of(headings));
  }

  TextTable row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException("A row of " + cells.length + " cells in " + rows.get(0));
    }
    rows.add(Arrays.stream(cells).map(LineText::plain).toList());
    return this;
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** The lines, headings first; of no rows, these instead. */
  List<String> lines(String ofNone) {
    return isEmpty() ? List.of(ofNone) : lines();
  }

  /** The lines, headings first. */
  List<String> lines() {
    int[] widths = widths();
    return rows.stream().flatMap(cells -> lines(cells, widths).stream()).toList();
  }

  private static List<String> lines(List<String> cells, int[] widths) {
    List<List<String>> wrapped =
        IntStream.range(0, widths.length)
            .mapToObj(column -> wrapped(cells.get(column), widths[column]))
            .toList();
    int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < height; line++) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        List<String> cell = wrapped.get(column);
        String part = line < cell.size() ? cell.get(line) : "";
        text.append(part).append(" ".repeat(widths[column] - LineText.columnsOf(part))).append(GAP);
      }
      lines.add(text.toString().stripTrailing());
    }
    return lines;
  }

  private int[] widths() {
    int count = rows.get(0).size();
    int[] widths = IntStream.range(0, count).map(column -> widest(column, false)).toArray();
    int[] words = IntStream.range(0, count).map(column -> widest(column, true)).toArray();
    int over = Arrays.stream(widths).sum() + GAP.length() * (count - 1) - page;
    while (over > 0) {
      int column = -1;
      for (int each = 0; each < count; each++) {
        if (widths[each] > words[each] && (column < 0 || widths[each] > widths[column])) {
          column = each;
        }
      }
      if (column < 0) {
        break;
      }
      widths[column]--;
      over--;
    }
    return widths;
  }

  private int widest(int column, boolean words) {
    return rows.stream()
        .map(row -> row.get(column))
        .flatMap(
            cell -> words ? Arrays.stream(cell.split(" ", -1)) : Arrays.stream(new String[] {cell}))
        .mapToInt(LineText::columnsOf)
        .max()
        .orElse(0);
  }

  /** The text in lines of that width, unless a word is longer. */
  public static List<String> wrapped(String cell, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : cell.split(" ", -1)) {
      if (line.length() > 0
          && LineText.columnsOf(line.toString()) + 1 + LineText.columnsOf(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      } else if (line.length() > 0) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
