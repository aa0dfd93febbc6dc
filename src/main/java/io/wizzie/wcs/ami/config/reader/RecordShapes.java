package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.Field;
import io.wizzie.wcs.ami.config.TextRule;
import io.wizzie.wcs.ami.config.reader.Shape.Group;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the shape of a record off its components and their {@link Field} annotations. */
final class RecordShapes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private RecordShapes() {}

  /** The group of a record's fields, or of those of a sealed interface's records. */
  static Group of(Class<?> type) {
    List<Shape.Field> fields = components(type).map(RecordShapes::field).toList();
    Map<String, String> removed = new LinkedHashMap<>();
    for (Field.Removed one : type.getAnnotationsByType(Field.Removed.class)) {
      removed.put(one.name(), one.instead());
    }
    return Group.of(fields, removed);
  }

  private static Stream<RecordComponent> components(Class<?> type) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
        : Arrays.stream(type.getPermittedSubclasses())
            .flatMap(kind -> Arrays.stream(kind.getRecordComponents()));
  }

  static Field described(RecordComponent component) {
    Field field = component.getAnnotation(Field.class);
    if (field == null) {
      throw new IllegalStateException(component + " is not described");
    }
    return field;
  }

  static String name(RecordComponent component) {
    String name = described(component).name();
    return name.isEmpty() ? component.getName() : name;
  }

  /** The default as text, the defaults of a list; empty where there is none. */
  static String[] byDefault(RecordComponent component) {
    Field.Default byDefault = component.getAnnotation(Field.Default.class);
    return byDefault == null ? new String[0] : byDefault.value();
  }

  private static Shape.Field field(RecordComponent component) {
    Field described = described(component);
    String[] byDefault = byDefault(component);
    Shape shape = shape(component.getGenericType(), component, byDefault.length > 0 ? 1 : 0);
    return new Shape.Field(
        name(component),
        shape,
        defaultValue(shape, byDefault),
        described.value(),
        described.secret(),
        List.of(described.formerly()));
  }

  /**
   * The shape of a type.
   *
   * @param minimumSize of a list
   */
  private static Shape shape(Type type, RecordComponent component, int minimumSize) {
    Field field = described(component);
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? new Shape.MapOf(
              field.names().rule(), shape(arguments[1], component, 1), field.mostNames())
          : new Shape.ListOf(shape(arguments[0], component, 0), minimumSize);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord() || plain.isSealed()) {
      return of(plain);
    }
    if (plain == int.class || plain == Integer.class) {
      String[] bounds = component.getAnnotation(Field.Between.class).value();
      return new Shape.Whole(Long.parseLong(bounds[0]), Long.parseLong(bounds[1]));
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return new Shape.Flag();
    }
    if (plain == ObjectNode.class) {
      return new Shape.Attributes();
    }
    if (plain == Duration.class) {
      String[] bounds = component.getAnnotation(Field.Between.class).value();
      return new Shape.Text(TextRule.duration(bounds[0], bounds[1], byDefault(component)[0]));
    }
    return new Shape.Text(plain.isEnum() ? words(plain) : field.form().rule());
  }

  private static TextRule words(Class<?> constants) {
    return TextRule.oneOf(
        Arrays.stream(constants.getEnumConstants())
            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
            .toArray(String[]::new));
  }

  private static @Nullable JsonNode defaultValue(Shape shape, String[] texts) {
    if (shape instanceof Shape.ListOf) {
      ArrayNode list = NODES.arrayNode();
      List.of(texts).forEach(list::add);
      return list;
    }
    if (shape instanceof Shape.MapOf || shape instanceof Shape.Attributes) {
      return NODES.objectNode();
    }
    if (texts.length == 0) {
      return null;
    }
    if (shape instanceof Shape.Whole) {
      return NODES.numberNode(Integer.parseInt(texts[0]));
    }
    return shape instanceof Shape.Flag
        ? NODES.booleanNode(Boolean.parseBoolean(texts[0]))
        : NODES.textNode(texts[0]);
  }
}
