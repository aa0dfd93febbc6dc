package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One value of the merged configuration.
 *
 * @param path of the field, with the names of its maps and attributes
 * @param name the last part of the path
 * @param from file and line, with the block of a region; option; or {@code default}
 * @param secret whether its field may hold a secret
 */
public record EffectiveValue(
    String path, String name, JsonNode value, String from, boolean secret) {

  /** All values of a group, in the order of its fields. */
  static List<EffectiveValue> of(Value.Fields group, Shape.Group shape) {
    List<EffectiveValue> values = new ArrayList<>();
    for (Shape.Field field : shape.fields().values()) {
      Value value = group.members().get(field.name());
      if (value != null) {
        add(value, field.shape(), field.name(), field.name(), field.secret(), values);
      }
    }
    return values;
  }

  private static void add(
      Value value,
      Shape shape,
      String path,
      String name,
      boolean secret,
      List<EffectiveValue> values) {
    if (shape instanceof Shape.Group group && value instanceof Value.Fields fields) {
      for (EffectiveValue inner : of(fields, group)) {
        values.add(
            new EffectiveValue(
                path + "." + inner.path(),
                inner.name(),
                inner.value(),
                inner.from(),
                inner.secret()));
      }
    } else if (value instanceof Value.Fields fields && !fields.members().isEmpty()) {
      fields
          .members()
          .forEach(
              (key, member) ->
                  add(
                      member,
                      new Shape.Anything(),
                      FieldPath.child(path, key),
                      key,
                      secret,
                      values));
    } else {
      values.add(
          new EffectiveValue(path, name, Value.toJson(value), value.origin().full(), secret));
    }
  }
}
