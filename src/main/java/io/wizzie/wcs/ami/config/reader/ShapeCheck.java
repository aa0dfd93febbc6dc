package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.config.NearestName;
import io.wizzie.wcs.ami.config.reader.Shape.Field;
import io.wizzie.wcs.ami.config.reader.Shape.Group;
import io.wizzie.wcs.ami.config.reader.Shape.ListOf;
import io.wizzie.wcs.ami.config.reader.Shape.MapOf;
import io.wizzie.wcs.ami.config.reader.Shape.Text;
import io.wizzie.wcs.ami.config.reader.Shape.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a value with the shape that it should have. What is wrong is reported and taken out, so
 * that later checks meet only what is good or {@link Value.Broken}.
 */
record ShapeCheck(Problems problems) {
  private static final int LONGEST_SHOWN = 80;

  /** The value without what is wrong in it. */
  Value check(Value value, Shape shape, String path) {
    if (value instanceof Value.Unset
        || value instanceof Value.Broken
        || shape instanceof Shape.Anything) {
      return value;
    }
    if (shape instanceof Group group && value instanceof Value.Fields fields) {
      return group(fields, group, path);
    }
    if (shape instanceof MapOf map && value instanceof Value.Fields fields) {
      return map(fields, map, path);
    }
    if (shape instanceof ListOf list && value instanceof Value.Elements elements) {
      return list(elements, list, path);
    }
    if (shape instanceof Shape.Attributes && value instanceof Value.Fields) {
      return value;
    }
    if (value instanceof Value.Scalar scalar) {
      return scalar(scalar, shape, path);
    }
    return wrongType(value, shape, path);
  }

  /** The field of that name, or formerly of that name; null, and a problem, when there is none. */
  @Nullable Field field(Origin origin, String name, Group group, String path) {
    Field field = group.fields().get(name);
    if (field != null) {
      return field;
    }
    Field renamed = group.formerly(name);
    String instead = group.removed().get(name);
    if (renamed != null) {
      problems.warn(
          origin,
          FieldPath.child(path, name),
          "is now named " + renamed.name() + "; write that, the old name will go.");
    } else if (instead != null) {
      problems.add(origin, FieldPath.child(path, name), "was removed; " + instead);
    } else {
      unknown(origin, name, group, path);
    }
    return renamed;
  }

  /** Reports that a group has no such field, with the likeliest remedy. */
  private void unknown(Origin origin, String name, Group group, String path) {
    Set<String> names = group.fields().keySet();
    List<String> elsewhere = new ArrayList<>();
    find(name, FieldTable.BUILD, "", elsewhere);
    String remedy =
        elsewhere.isEmpty()
            ? NearestName.of(name, names)
                .map(NearestName::question)
                .orElse("; valid here: " + String.join(", ", names) + ".")
            : "; did you mean " + String.join(" or ", elsewhere) + "?";
    problems.add(origin, FieldPath.child(path, name), "unknown field" + remedy);
  }

  /** Reports what is wrong with a name that the user chose; whether it may stay. */
  boolean mayBeNamed(Origin origin, String name, MapOf map, String path) {
    String problem = map.name().problemWith(name);
    if (problem != null) {
      problems.add(origin, path, "the name \"" + name + "\" " + problem);
    }
    return problem == null;
  }

  /** Where fields of this name are. */
  private static void find(String name, Group group, String path, List<String> found) {
    for (Field field : group.fields().values()) {
      String at = FieldPath.child(path, field.name());
      if (field.name().equals(name)) {
        found.add('"' + at + '"' + (path.isEmpty() ? " at the top" : ""));
      }
      if (field.shape() instanceof Group inner) {
        find(name, inner, at, found);
      }
    }
  }

  private Value group(Value.Fields value, Group group, String path) {
    Map<String, Value> good = new LinkedHashMap<>();
    value
        .members()
        .forEach(
            (name, member) -> {
              Field field = field(member.origin(), name, group, path);
              if (field == null) {
                // Wrong, but written: what it was meant to be is not missing besides.
                NearestName.of(name, group.fields().keySet())
                    .ifPresent(meant -> good.putIfAbsent(meant, new Value.Broken(member.origin())));
              } else if (value.members().containsKey(field.name()) && !name.equals(field.name())) {
                problems.add(
                    member.origin(),
                    FieldPath.child(path, name),
                    "given together with " + field.name() + ", its new name; remove this one.");
              } else {
                String at = FieldPath.child(path, field.name());
                good.put(field.name(), check(member, field.shape(), at));
              }
            });
    return new Value.Fields(value.origin(), good);
  }

  private Value map(Value.Fields value, MapOf map, String path) {
    return value.map(
        (name, member) ->
            mayBeNamed(member.origin(), name, map, path)
                ? check(member, map.value(), FieldPath.child(path, name))
                : new Value.Broken(member.origin()));
  }

  private Value list(Value.Elements value, ListOf list, String path) {
    if (value.values().size() < list.minimumSize()) {
      problems.add(
          value.origin(), path, "[] is empty; write at least one, such as " + wantedIn(list) + ".");
      return new Value.Broken(value.origin());
    }
    List<Value> good = new ArrayList<>();
    for (Value element : value.values()) {
      String at = FieldPath.element(path, good.size());
      if (element instanceof Value.Unset) {
        problems.add(element.origin(), at, "null can't be an element; remove it from the list.");
        good.add(new Value.Broken(element.origin()));
      } else {
        good.add(check(element, list.element(), at));
      }
    }
    return new Value.Elements(value.origin(), good);
  }

  private static String wantedIn(ListOf list) {
    return Shape.wanted(list).replaceFirst("^a list, such as ", "");
  }

  private Value scalar(Value.Scalar value, Shape shape, String path) {
    JsonNode node = value.node();
    String problem = null;
    if (shape instanceof Text text && node.isTextual()) {
      problem = text.rule().problemWith(node.textValue());
    } else if (shape instanceof Whole whole && node.isIntegralNumber()) {
      problem = outside(node, whole);
    } else if (!(shape instanceof Shape.Flag && node.isBoolean())) {
      return wrongType(value, shape, path);
    }
    if (problem == null) {
      return value;
    }
    problems.add(value.origin(), path, shown(value) + " " + problem);
    return new Value.Broken(value.origin());
  }

  private static @Nullable String outside(JsonNode node, Whole whole) {
    boolean within =
        node.canConvertToLong()
            && node.longValue() >= whole.minimum()
            && node.longValue() <= whole.maximum();
    return within ? null : "is out of range; write " + Shape.wanted(whole) + ".";
  }

  private Value wrongType(Value value, Shape shape, String path) {
    problems.add(
        value.origin(),
        path,
        shown(value) + " is " + kind(value) + "; write " + Shape.wanted(shape) + ".");
    return new Value.Broken(value.origin());
  }

  /** The value as JSON, cut short when it is long. */
  static String shown(Value value) {
    return shortened(Value.toJson(value).toString());
  }

  static String shortened(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN - 3) + "...";
  }

  private static String kind(Value value) {
    if (value instanceof Value.Scalar scalar) {
      return scalar.node().isTextual()
          ? "text"
          : scalar.node().isBoolean() ? "true or false" : "a number";
    }
    return value instanceof Value.Elements ? "a list" : "an object";
  }
}
