package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One value of the merged configuration.
 *
 * @param path of the field, with the names of its maps and attributes
 * @param names the last part of the path: of the field, and below it of maps and attributes
 * @param from file and line, with the block of a region; option; or {@code default}
 * @param secret whether its field may hold a secret
 */
public record EffectiveValue(
    String path, List<String> names, JsonNode value, String from, boolean secret) {
  public EffectiveValue {
    names = List.copyOf(names);
  }

  /** All values of a group, in the order of its fields. */
  static List<EffectiveValue> of(Value.Fields group, Shape.Group shape) {
    List<EffectiveValue> values = new ArrayList<>();
    for (Shape.Field field : shape.fields().values()) {
      Value value = group.members().get(field.name());
      if (value != null) {
        add(value, field.shape(), field.name(), List.of(field.name()), field.secret(), values);
      }
    }
    return values;
  }

  private static void add(
      Value value,
      Shape shape,
      String path,
      List<String> names,
      boolean secret,
      List<EffectiveValue> values) {
    if (shape instanceof Shape.Group group && value instanceof Value.Fields fields) {
      for (EffectiveValue inner : of(fields, group)) {
        values.add(
            new EffectiveValue(
                path + "." + inner.path(),
                inner.names(),
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
                      Stream.concat(names.stream(), Stream.of(key)).toList(),
                      secret,
                      values));
    } else {
      values.add(
          new EffectiveValue(path, names, Value.toJson(value), value.origin().full(), secret));
    }
  }
}
