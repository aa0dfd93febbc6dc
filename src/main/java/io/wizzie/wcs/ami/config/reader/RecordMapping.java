package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.wizzie.wcs.ami.base.DurationText;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes records of values that passed all checks, by the components' types and names. */
final class RecordMapping {
  private RecordMapping() {}

  /** The record of a group that has its defaults. */
  static <T> T map(Class<T> type, Value.Fields from) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = argument(components[i], from.members().get(RecordShapes.name(components[i])));
    }
    return create(type, arguments);
  }

  /** The record of its components' values. */
  static <T> T create(Class<T> type, @Nullable Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " could not be made", e);
    }
  }

  static @Nullable Object value(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " could not be read", e);
    }
  }

  private static @Nullable Object argument(RecordComponent component, @Nullable Value value) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    String[] texts = RecordShapes.byDefault(component);
    Value given =
        (value == null || value instanceof Value.Unset)
                && texts.length == 1
                && !(component.getGenericType() instanceof ParameterizedType)
            ? new Value.Scalar(Origin.DEFAULT, TextNode.valueOf(texts[0]))
            : value;
    boolean nothing =
        given instanceof Value.Fields group
            && component.getType().isRecord()
            && group.members().isEmpty();
    Object argument = nullable && nothing ? null : convert(component.getGenericType(), given);
    if (argument == null && !nullable) {
      throw new IllegalStateException(component + " without a value passed all checks");
    }
    return argument;
  }

  private static @Nullable Object convert(Type type, @Nullable Value value) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? byName(arguments[1], value)
          : list(arguments[0], value);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == ObjectNode.class) {
      JsonNode json = value == null ? null : Value.toJson(value);
      return json instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }
    if (value instanceof Value.Fields fields) {
      Class<?> record = plain.isSealed() ? variant(plain, fields) : plain;
      return map(record, fields);
    }
    return value instanceof Value.Scalar scalar ? scalar(plain, scalar) : null;
  }

  private static Map<String, Object> byName(Type content, @Nullable Value value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Value.Fields fields) {
      fields
          .members()
          .forEach(
              (name, member) -> {
                Object one = convert(content, member);
                if (one != null) {
                  map.put(name, one);
                }
              });
    }
    return map;
  }

  private static List<Object> list(Type content, @Nullable Value value) {
    return value instanceof Value.Elements elements
        ? elements.values().stream()
            .flatMap(element -> Stream.ofNullable(convert(content, element)))
            .toList()
        : List.of();
  }

  /** The record whose first field is given. */
  private static Class<?> variant(Class<?> sealed, Value.Fields fields) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .filter(
            each -> fields.members().containsKey(RecordShapes.name(each.getRecordComponents()[0])))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No " + sealed + " passed all checks"));
  }

  private static @Nullable Object scalar(Class<?> type, Value.Scalar value) {
    if (type == Path.class) {
      return MergedConfig.path(value);
    }
    if (type == int.class || type == Integer.class) {
      return value.node().asInt();
    }
    if (type == boolean.class || type == Boolean.class) {
      return value.node().asBoolean();
    }
    String text = Objects.requireNonNull(value.node().textValue());
    if (type == Duration.class) {
      return DurationText.parse(text);
    }
    if (type == URI.class) {
      return URI.create(text);
    }
    return type.isEnum() ? constant(type, text) : text;
  }

  private static Object constant(Class<?> type, String word) {
    String name = word.toUpperCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
