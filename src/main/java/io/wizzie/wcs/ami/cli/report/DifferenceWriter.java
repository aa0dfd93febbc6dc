package io.wizzie.wcs.ami.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.history.BuildDifference;
import io.wizzie.wcs.ami.history.BuildDifference.Change;
import io.wizzie.wcs.ami.history.BuildRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes what changed between two builds, as a table or as one JSON object. */
public final class DifferenceWriter {
  /** Enough of a digest for a person to tell it from another. */
  private static final Pattern DIGEST = Pattern.compile("((?:sha256:)?[0-9a-f]{12})[0-9a-f]{52}");

  private static final int WIDEST_VALUE = 60;

  private DifferenceWriter() {}

  /** For people: digests and long values are cut. */
  public static String table(BuildDifference found, int page) {
    List<String> lines = new ArrayList<>();
    lines.add("Before: " + build(found.before()));
    lines.add("After:  " + build(found.after()));
    lines.add("");
    TextTable table = new TextTable(page, "WHAT", "CHANGE", "NAME", "BEFORE", "AFTER");
    for (Change change : found.changes()) {
      table.row(
          change.section().title(),
          kind(change),
          change.name(),
          shown(change.before()),
          shown(change.after()));
    }
    lines.addAll(table.lines("Nothing that was compared differs."));
    return String.join("\n", lines);
  }

  /**
   * For programs: {@code before} and {@code after}, each {@code buildId}, {@code imageId}, {@code
   * manifest}; {@code different}; {@code changes}, each {@code what}, {@code change} (added,
   * removed, changed), {@code name}, {@code before}, {@code after} (null where it is not there);
   * {@code notes} on what could not be compared.
   */
  public static ObjectNode json(BuildDifference found) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("before", object(found.before()));
    document.set("after", object(found.after()));
    document.put("different", !found.changes().isEmpty());
    ArrayNode changes = document.putArray("changes");
    for (Change change : found.changes()) {
      changes
          .addObject()
          .put("what", change.section().title())
          .put("change", kind(change))
          .put("name", change.name())
          .put("before", change.before())
          .put("after", change.after());
    }
    ArrayNode notes = document.putArray("notes");
    found.notes().forEach(notes::add);
    return document;
  }

  private static String build(BuildRecord build) {
    return build.imageId() + " of build " + build.buildId();
  }

  private static ObjectNode object(BuildRecord build) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("buildId", build.buildId())
        .put("imageId", build.imageId())
        .put("manifest", build.file().toString());
  }

  private static String kind(Change change) {
    return change.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String shown(@Nullable String value) {
    if (value == null) {
      return "-";
    }
    String text = DIGEST.matcher(value).replaceAll("$1");
    return text.length() <= WIDEST_VALUE ? text : text.substring(0, WIDEST_VALUE - 1) + "…";
  }
}
