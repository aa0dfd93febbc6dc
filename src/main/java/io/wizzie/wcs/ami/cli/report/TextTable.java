package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.event.LineText;
import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns, two spaces apart, without trailing space. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  TextTable row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException("A row of " + cells.length + " cells in " + rows.get(0));
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines, headings first. */
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = LineText.plain(cells.get(column));
      line.append(cell).append(" ".repeat(width(column) - LineText.columnsOf(cell))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream()
        .mapToInt(row -> LineText.columnsOf(LineText.plain(row.get(column))))
        .max()
        .orElse(0);
  }
}
