package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.TextForm;
import io.wizzie.wcs.ami.config.TextRule;
import io.wizzie.wcs.ami.config.TextRule.Kind;
import io.wizzie.wcs.ami.config.reader.Shape.Field;
import io.wizzie.wcs.ami.config.reader.Shape.Group;
import io.wizzie.wcs.ami.config.reader.Shape.MapOf;
import io.wizzie.wcs.ami.config.reader.Shape.Text;
import java.util.ArrayList;
import java.util.List;

/** The fields of a whole file: those of {@link BuildSpec}, and what differs in a region. */
final class FieldTable {
  static final Group BUILD = RecordShapes.of(BuildSpec.class);

  private static final int MOST_REGIONS = 100;

  /** What a region may override: everything but the region itself. */
  private static final Group OVERRIDES =
      Group.of(
          BUILD.fields().values().stream().filter(field -> !field.name().equals("region")).toList(),
          BUILD.removed());

  /** A whole file. */
  static final Group FILE = file();

  private FieldTable() {}

  private static Group file() {
    List<Field> fields = new ArrayList<>();
    fields.add(
        field(
            "$schema",
            new Text(TextRule.any("./wcs-ami.schema.json", 0, 4096, Kind.PLAIN)),
            "The JSON Schema, for editors. wcs-ami itself ignores it."));
    fields.addAll(BUILD.fields().values());
    fields.add(
        field(
            "regions",
            new MapOf(TextForm.REGION.rule(), OVERRIDES, MOST_REGIONS),
            "By name of a region, what is different there. Any field but `region`; null goes back"
                + " to the default."));
    return Group.of(fields, BUILD.removed());
  }

  private static Field field(String name, Shape shape, String description) {
    return new Field(name, shape, null, description, false, List.of());
  }
}
