package io.wizzie.wcs.ami.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The part of JSON Schema that this project's schema uses; any other keyword is an error, so that
 * nothing in the schema goes unchecked.
 */
public final class SchemaValidator {
  private final JsonNode root;
  private final List<String> errors = new ArrayList<>();

  private SchemaValidator(JsonNode root) {
    this.root = root;
  }

  /** What the schema has against the value: its places, none when it is valid. */
  public static List<String> errors(JsonNode schema, JsonNode value) {
    SchemaValidator validator = new SchemaValidator(schema);
    validator.check(schema, value, "");
    return validator.errors;
  }

  private void check(JsonNode schema, JsonNode value, String at) {
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      if (!holds(keyword.getKey(), keyword.getValue(), schema, value, at)) {
        errors.add(at + " " + keyword.getKey());
      }
    }
  }

  private boolean holds(
      String keyword, JsonNode wanted, JsonNode schema, JsonNode value, String at) {
    switch (keyword) {
      case "$schema", "$defs", "title", "description", "default" -> {
        return true;
      }
      case "$ref" -> {
        check(root.at(wanted.textValue().substring(1)), value, at);
        return true;
      }
      case "type" -> {
        return wanted.isArray()
            ? wanted.valueStream().anyMatch(type -> isOfType(value, type.textValue()))
            : isOfType(value, wanted.textValue());
      }
      case "enum" -> {
        return wanted.valueStream().anyMatch(value::equals);
      }
      case "pattern" -> {
        return !value.isTextual() || value.textValue().matches(wanted.textValue());
      }
      case "minLength" -> {
        return !value.isTextual() || value.textValue().length() >= wanted.intValue();
      }
      case "maxLength" -> {
        return !value.isTextual() || value.textValue().length() <= wanted.intValue();
      }
      case "minimum" -> {
        return !value.isNumber() || value.longValue() >= wanted.longValue();
      }
      case "maximum" -> {
        return !value.isNumber() || value.longValue() <= wanted.longValue();
      }
      case "required" -> {
        return !value.isObject()
            || wanted.valueStream().allMatch(name -> value.has(name.textValue()));
      }
      case "minItems" -> {
        return !value.isArray() || value.size() >= wanted.intValue();
      }
      case "maxProperties" -> {
        return !value.isObject() || value.size() <= wanted.intValue();
      }
      case "items" -> {
        value.forEach(element -> check(wanted, element, at + "[]"));
        return true;
      }
      case "properties", "additionalProperties", "propertyNames" -> {
        return membersHold(keyword, wanted, schema, value, at);
      }
      default -> throw new IllegalArgumentException("Unknown keyword " + keyword);
    }
  }

  private boolean membersHold(
      String keyword, JsonNode wanted, JsonNode schema, JsonNode value, String at) {
    boolean good = true;
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = member.getKey();
      String inside = at + "." + name;
      boolean known = schema.path("properties").has(name);
      if (keyword.equals("propertyNames")) {
        check(wanted, TextNode.valueOf(name), inside);
      } else if (keyword.equals("properties")) {
        if (known) {
          check(wanted.get(name), member.getValue(), inside);
        }
      } else if (!known && wanted.isBoolean()) {
        good &= wanted.booleanValue();
      } else if (!known) {
        check(wanted, member.getValue(), inside);
      }
    }
    return good;
  }

  private static boolean isOfType(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("Unknown type " + type);
    };
  }
}
