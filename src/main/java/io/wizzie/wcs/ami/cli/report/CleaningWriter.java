package io.wizzie.wcs.ami.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Fate;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what a cleaning has found, as a table or as one JSON object. */
public final class CleaningWriter {
  private CleaningWriter() {}

  /** For people. */
  public static String table(List<Cleaning> cleanings, int page) {
    List<String> lines = new ArrayList<>();
    TextTable table = new TextTable(page, "REGION", "BUILD", "KIND", "ID", "STATE");
    for (Cleaning cleaning : cleanings) {
      for (Row row : cleaning.rows()) {
        table.row(
            row.resource().region(),
            row.buildId(),
            row.resource().kind().toString(),
            row.resource().id(),
            state(row));
      }
    }
    if (!table.isEmpty()) {
      lines.addAll(table.lines());
    }
    for (Cleaning cleaning : cleanings) {
      if (cleaning.rows().isEmpty()) {
        lines.add("Nothing is left in region " + cleaning.region() + ".");
      }
    }
    return String.join("\n", lines);
  }

  /**
   * For programs: {@code clean} (nothing is left), and {@code regions}, each {@code region} and
   * {@code things}, each {@code buildId}, {@code kind}, {@code id}, {@code state} ({@code removed},
   * {@code found}: by a dry run, {@code left}, {@code alive}) and {@code note}.
   */
  public static ObjectNode json(List<Cleaning> cleanings, boolean clean) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("clean", clean);
    ArrayNode regions = document.putArray("regions");
    for (Cleaning cleaning : cleanings) {
      ObjectNode region = regions.addObject();
      region.put("region", cleaning.region());
      ArrayNode things = region.putArray("things");
      for (Row row : cleaning.rows()) {
        things
            .addObject()
            .put("buildId", row.buildId())
            .put("kind", row.resource().kind().toString())
            .put("id", row.resource().id())
            .put("state", row.fate().name().toLowerCase(Locale.ROOT))
            .put("note", row.note());
      }
    }
    return document;
  }

  private static String state(Row row) {
    String fate =
        row.fate() == Fate.ALIVE ? "not touched" : row.fate().name().toLowerCase(Locale.ROOT);
    return row.note().isEmpty() ? fate : fate + ": " + row.note();
  }
}
