package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.config.TextRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type of the configuration's values. */
sealed interface Shape {

  /**
   * An object whose fields are known.
   *
   * @param removed by name of a field that there was earlier, what to do instead
   */
  record Group(Map<String, Field> fields, Map<String, String> removed) implements Shape {
    public Group {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static Group of(List<Field> fields, Map<String, String> removed) {
      Map<String, Field> byName = new LinkedHashMap<>();
      fields.forEach(field -> byName.put(field.name(), field));
      return new Group(byName, removed);
    }

    /** The field that had the name earlier; null when there is none. */
    @Nullable Field formerly(String name) {
      return fields.values().stream()
          .filter(field -> field.formerly().contains(name))
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * One field of a group.
   *
   * @param defaultValue what holds when it isn't given; null when there is none
   * @param description one or two sentences, for the schema and the reference
   * @param secret whether its value may hold a secret
   * @param formerly names that it had earlier
   */
  record Field(
      String name,
      Shape shape,
      @Nullable JsonNode defaultValue,
      String description,
      boolean secret,
      List<String> formerly) {}

  /** Text that follows a rule. */
  record Text(TextRule rule) implements Shape {}

  /** A whole number, bounds included. */
  record Whole(long minimum, long maximum) implements Shape {}

  /** True or false. */
  record Flag() implements Shape {}

  /** A list of like elements. */
  record ListOf(Shape element, int minimumSize) implements Shape {}

  /** An object whose names are the user's own. */
  record MapOf(TextRule name, Shape value, int maximumSize) implements Shape {}

  /** Any object: node attributes, which mean something to the cookbooks only. */
  record Attributes() implements Shape {}

  /** Whatever is inside of attributes. */
  record Anything() implements Shape {}

  /** What to write, to end a message with. */
  static String wanted(Shape shape) {
    if (shape instanceof Group group) {
      return "an object with any of the fields " + String.join(", ", group.fields().keySet());
    }
    if (shape instanceof Text text) {
      return "text, such as " + example(text);
    }
    if (shape instanceof Whole whole) {
      return "a whole number from " + whole.minimum() + " to " + whole.maximum();
    }
    if (shape instanceof ListOf list) {
      return "a list, such as " + example(list);
    }
    if (shape instanceof MapOf map) {
      return "an object, such as " + example(map);
    }
    return shape instanceof Flag ? "true or false" : "an object of node attributes";
  }

  private static String example(Shape shape) {
    if (shape instanceof Text text) {
      return '"' + text.rule().example() + '"';
    }
    if (shape instanceof ListOf list) {
      return "[" + example(list.element()) + "]";
    }
    if (shape instanceof MapOf map) {
      return "{\"" + map.name().example() + "\": " + example(map.value()) + "}";
    }
    return "{}";
  }
}
