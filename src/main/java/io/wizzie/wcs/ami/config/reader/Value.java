package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A JSON value that remembers where it was written, through every merge. */
sealed interface Value {
  Origin origin();

  /** An object; the origin of a member is the line of its name. */
  record Fields(Origin origin, Map<String, Value> members) implements Value {
    public Fields {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    static Fields empty(Origin origin) {
      return new Fields(origin, Map.of());
    }

    Fields with(String name, Value value) {
      Map<String, Value> changed = new LinkedHashMap<>(members);
      changed.put(name, value);
      return new Fields(origin, changed);
    }

    /** With each member changed; null leaves it out. */
    Fields map(BiFunction<String, Value, @Nullable Value> change) {
      Map<String, Value> changed = new LinkedHashMap<>();
      members.forEach(
          (name, member) -> {
            Value value = change.apply(name, member);
            if (value != null) {
              changed.put(name, value);
            }
          });
      return new Fields(origin, changed);
    }
  }

  /** A list. */
  record Elements(Origin origin, List<Value> values) implements Value {
    public Elements {
      values = List.copyOf(values);
    }

    /** With each element changed; null leaves it out. */
    Elements map(Function<Value, @Nullable Value> change) {
      return new Elements(
          origin, values.stream().flatMap(each -> Stream.ofNullable(change.apply(each))).toList());
    }

    /** Looks at each element, and its path below that of the list. */
    void forEach(String path, BiConsumer<Value, String> look) {
      for (int index = 0; index < values.size(); index++) {
        look.accept(values.get(index), FieldPath.element(path, index));
      }
    }
  }

  /** Text, a number, or true or false. */
  record Scalar(Origin origin, JsonNode node) implements Value {}

  /** Null: whatever was set before goes back to its default. */
  record Unset(Origin origin) implements Value {}

  /** A value that was refused already; it counts as given, but nothing more can be said of it. */
  record Broken(Origin origin) implements Value {}

  /**
   * What holds when {@code upper} is laid over {@code lower}: objects merge, anything else
   * replaces.
   */
  static Value merge(Value lower, Value upper) {
    if (!(lower instanceof Fields below) || !(upper instanceof Fields above)) {
      return upper;
    }
    Map<String, Value> members = new LinkedHashMap<>(below.members());
    above.members().forEach((name, value) -> members.merge(name, value, Value::merge));
    return new Fields(above.origin(), members);
  }

  /** The same, marked as of a block of its file. */
  static Value in(Value value, String block) {
    Origin origin = value.origin().in(block);
    if (value instanceof Fields fields) {
      return new Fields(origin, fields.map((name, member) -> in(member, block)).members());
    }
    if (value instanceof Elements list) {
      return new Elements(origin, list.map(each -> in(each, block)).values());
    }
    if (value instanceof Scalar scalar) {
      return new Scalar(origin, scalar.node());
    }
    return value instanceof Broken ? new Broken(origin) : new Unset(origin);
  }

  /** The same as plain JSON; what is unset or broken is left out. */
  static JsonNode toJson(Value value) {
    if (value instanceof Fields fields) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      fields
          .members()
          .forEach(
              (name, member) -> {
                if (!(member instanceof Unset || member instanceof Broken)) {
                  object.set(name, toJson(member));
                }
              });
      return object;
    }
    if (value instanceof Elements elements) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      elements.values().stream()
          .filter(element -> !(element instanceof Broken))
          .forEach(element -> array.add(toJson(element)));
      return array;
    }
    return value instanceof Scalar scalar ? scalar.node() : JsonNodeFactory.instance.nullNode();
  }

  /** Plain JSON as a value, all of it from one place. */
  static Value of(Origin origin, JsonNode node) {
    if (node.isObject()) {
      Map<String, Value> members = new LinkedHashMap<>();
      node.properties().forEach(entry -> members.put(entry.getKey(), of(origin, entry.getValue())));
      return new Fields(origin, members);
    }
    if (node.isArray()) {
      List<Value> values = new ArrayList<>();
      node.forEach(element -> values.add(of(origin, element)));
      return new Elements(origin, values);
    }
    return node.isNull() ? new Unset(origin) : new Scalar(origin, node);
  }
}
