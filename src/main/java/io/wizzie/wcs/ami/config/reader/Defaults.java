package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.config.reader.Shape.Field;
import io.wizzie.wcs.ami.config.reader.Shape.Group;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts defaults where nothing is given, or where null asks for them. */
final class Defaults {
  private Defaults() {}

  /** The group with every field that is given or has a default, and no null left. */
  static Value.Fields fill(@Nullable Value value, Group group) {
    Map<String, Value> given = value instanceof Value.Fields fields ? fields.members() : Map.of();
    Map<String, Value> filled = new LinkedHashMap<>();
    for (Field field : group.fields().values()) {
      Value member = given.get(field.name());
      Value full = member instanceof Value.Broken ? member : filled(member, field);
      if (full != null) {
        filled.put(field.name(), full);
      }
    }
    Origin origin = value instanceof Value.Fields fields ? fields.origin() : Origin.DEFAULT;
    return new Value.Fields(origin, filled);
  }

  private static @Nullable Value filled(@Nullable Value member, Field field) {
    if (field.shape() instanceof Group inner) {
      return fill(member, inner);
    }
    if (member != null && !(member instanceof Value.Unset)) {
      return withoutNulls(member);
    }
    return field.defaultValue() == null ? null : Value.of(Origin.DEFAULT, field.defaultValue());
  }

  /** In maps and attributes there are no defaults: null just takes a name out. */
  private static Value withoutNulls(Value value) {
    return value instanceof Value.Fields fields
        ? fields.map((name, member) -> member instanceof Value.Unset ? null : withoutNulls(member))
        : value;
  }
}
