package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.RegionNames;
import io.wizzie.wcs.ami.config.TextRule;
import io.wizzie.wcs.ami.config.reader.Shape.Field;
import io.wizzie.wcs.ami.config.reader.Shape.Group;
import io.wizzie.wcs.ami.config.reader.Shape.ListOf;
import io.wizzie.wcs.ami.config.reader.Shape.MapOf;
import io.wizzie.wcs.ami.config.reader.Shape.Text;
import io.wizzie.wcs.ami.config.reader.Shape.Whole;

/**
 * Renders the field table as JSON Schema. The groups stand once in {@code $defs}, for the build and
 * for the regions' overrides alike. Every field takes null, which goes back to the default.
 */
final class SchemaWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  String write() {
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "wcs-ami");
    schema.put("description", "How wcs-ami builds an image.");
    ObjectNode top = topProperties(FieldTable.FILE);
    onlyInLocalRegion((ObjectNode) top.get("chef"));
    schema.setAll(object(top));
    schema.set("$defs", definitions());
    return print(schema);
  }

  private ObjectNode definitions() {
    ObjectNode definitions = NODES.objectNode();
    FieldTable.BUILD
        .fields()
        .forEach(
            (name, field) -> {
              if (field.shape() instanceof Group group) {
                definitions.set(name, nullable(object(properties(group))));
              }
            });
    return definitions;
  }

  /** Of the build or of overrides, whose groups are the definitions. */
  private ObjectNode topProperties(Group group) {
    ObjectNode properties = NODES.objectNode();
    for (Field field : group.fields().values()) {
      ObjectNode schema =
          field.shape() instanceof Group
              ? NODES.objectNode().put("$ref", "#/$defs/" + field.name())
              : fieldSchema(field);
      properties.set(field.name(), described(schema, field));
    }
    return properties;
  }

  private ObjectNode properties(Group group) {
    ObjectNode properties = NODES.objectNode();
    for (Field field : group.fields().values()) {
      properties.set(field.name(), described(fieldSchema(field), field));
    }
    return properties;
  }

  private ObjectNode fieldSchema(Field field) {
    return field.shape() instanceof MapOf map && map.value() instanceof Group overrides
        ? regions(map, overrides)
        : nullable(shape(field.shape()));
  }

  private static ObjectNode described(ObjectNode schema, Field field) {
    // Markdown's code marks are for the reference; editors show the description as it is.
    schema.put("description", field.description().replace('`', '"'));
    if (field.defaultValue() != null) {
      schema.set("default", field.defaultValue());
    }
    return schema;
  }

  private ObjectNode regions(MapOf map, Group overrides) {
    ObjectNode elsewhere = topProperties(overrides);
    onlyInLocalRegion((ObjectNode) elsewhere.get("chef"));
    ObjectNode regions = nullable(NODES.objectNode().put("type", "object"));
    regions.set("propertyNames", name(map));
    regions
        .putObject("properties")
        .set(RegionNames.LOCAL, nullable(object(topProperties(overrides))));
    regions.set("additionalProperties", nullable(object(elsewhere)));
    return regions;
  }

  /** As {@link FallbackRule}. */
  private static void onlyInLocalRegion(ObjectNode chef) {
    chef.putObject("properties").putObject("fallbackSoloPath").put("type", "null");
  }

  private ObjectNode shape(Shape shape) {
    if (shape instanceof Text text) {
      return text(text.rule());
    }
    if (shape instanceof Whole whole) {
      return NODES
          .objectNode()
          .put("type", "integer")
          .put("minimum", whole.minimum())
          .put("maximum", whole.maximum());
    }
    if (shape instanceof Group group) {
      return object(properties(group));
    }
    if (shape instanceof ListOf list) {
      ObjectNode array = NODES.objectNode().put("type", "array");
      array.set("items", shape(list.element()));
      return list.minimumSize() == 0 ? array : array.put("minItems", list.minimumSize());
    }
    if (shape instanceof MapOf map) {
      ObjectNode object = NODES.objectNode().put("type", "object");
      object.set("propertyNames", name(map));
      object.set("additionalProperties", nullable(shape(map.value())));
      return object.put("maxProperties", map.maximumSize());
    }
    return NODES.objectNode().put("type", shape instanceof Shape.Flag ? "boolean" : "object");
  }

  private static ObjectNode name(MapOf map) {
    ObjectNode name = text(map.name());
    name.remove("type");
    return name;
  }

  private static ObjectNode text(TextRule rule) {
    ObjectNode text = NODES.objectNode().put("type", "string");
    if (rule.pattern() != null) {
      text.put("pattern", "^(?:" + rule.pattern().pattern() + ")$");
    }
    if (!rule.choices().isEmpty()) {
      ArrayNode choices = text.putArray("enum");
      rule.choices().forEach(choices::add);
    }
    if (rule.minimumLength() > 0) {
      text.put("minLength", rule.minimumLength());
    }
    if (rule.maximumLength() < Integer.MAX_VALUE) {
      text.put("maxLength", rule.maximumLength());
    }
    return text;
  }

  private static ObjectNode object(ObjectNode properties) {
    ObjectNode object = NODES.objectNode().put("type", "object").put("additionalProperties", false);
    object.set("properties", properties);
    return object;
  }

  private static ObjectNode nullable(ObjectNode schema) {
    String type = schema.get("type").textValue();
    schema.putArray("type").add(type).add("null");
    if (schema.get("enum") instanceof ArrayNode choices) {
      choices.addNull();
    }
    return schema;
  }

  private static String print(ObjectNode schema) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    try {
      return new JsonMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The schema can't be written", e);
    }
  }
}
