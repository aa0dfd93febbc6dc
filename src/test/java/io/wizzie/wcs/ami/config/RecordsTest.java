package io.wizzie.wcs.ami.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.reader.FieldTable;
import io.wizzie.wcs.ami.config.reader.Shape;
import io.wizzie.wcs.ami.config.reader.Shape.Field;
import io.wizzie.wcs.ami.config.reader.Shape.Group;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The records and the table of fields say the same. */
class RecordsTest {
  /** Java's name says the unit, and can't be a word of the language; JSON's is EC2's. */
  private static final Map<String, String> OTHERWISE_NAMED =
      Map.of(
          "builder.rootVolume.sizeGib", "builder.rootVolume.volumeSize",
          "builder.rootVolume.throughputMibps", "builder.rootVolume.throughput",
          "chef.chefPackage", "chef.package");

  /** There always, but not by a default of their own: required, or after another field. */
  private static final Set<String> PRESENT_WITHOUT_DEFAULT =
      Set.of("version", "chef.soloPath", "audit.waivers[].check", "audit.waivers[].reason");

  @Test
  void everyComponentIsAFieldOfTheSameTypeAndTheOtherWayRound() {
    Map<String, String> components = new TreeMap<>();
    components("", BuildSpec.class, components);
    Map<String, String> fields = new TreeMap<>();
    fields("", FieldTable.BUILD, fields);
    // Another way to write a list of one.
    fields.remove("builder.subnetId");

    assertThat(components).isEqualTo(fields).hasSizeGreaterThan(50);
  }

  private static void components(String prefix, Class<?> type, Map<String, String> found) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path =
          OTHERWISE_NAMED.getOrDefault(prefix + component.getName(), prefix + component.getName());
      if (component.getType().isRecord()) {
        components(path + ".", component.getType(), found);
      } else if (component.getGenericType() instanceof ParameterizedType list
          && list.getActualTypeArguments()[0] instanceof Class<?> element
          && element.isRecord()) {
        components(path + "[].", element, found);
      } else if (component.getGenericType() instanceof ParameterizedType list
          && list.getActualTypeArguments()[0] instanceof Class<?> element
          && element.isSealed()) {
        variants(path + "[].", element, found);
      } else {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        found.put(path, (nullable ? "maybe " : "") + typeName(component));
      }
    }
  }

  /** One of several: its first field has the variant's name, and all are of one group. */
  private static void variants(String prefix, Class<?> sealed, Map<String, String> found) {
    for (Class<?> variant : sealed.getPermittedSubclasses()) {
      String name = variant.getSimpleName().toLowerCase(Locale.ROOT);
      RecordComponent[] components = variant.getRecordComponents();
      found.put(prefix + name, "maybe " + typeName(components[0]));
      Arrays.stream(components)
          .skip(1)
          .forEach(each -> found.put(prefix + each.getName(), "maybe " + typeName(each)));
    }
  }

  private static String typeName(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .toList();
    }
    if (type == int.class || type == Integer.class) {
      return "number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "flag";
    }
    return component.getGenericType().getTypeName();
  }

  private static void fields(String prefix, Group group, Map<String, String> found) {
    for (Field field : group.fields().values()) {
      String path = prefix + field.name();
      if (field.shape() instanceof Group inner) {
        fields(path + ".", inner, found);
      } else if (field.shape() instanceof Shape.ListOf list
          && list.element() instanceof Group element) {
        fields(path + "[].", element, found);
      } else {
        boolean present = field.defaultValue() != null || PRESENT_WITHOUT_DEFAULT.contains(path);
        found.put(path, (present ? "" : "maybe ") + typeName(field.shape(), path));
      }
    }
  }

  private static String typeName(Shape shape, String path) {
    if (shape instanceof Shape.Text text) {
      return switch (text.rule().kind()) {
        case DURATION -> Duration.class.getName();
        case FILE, FOLDER -> Path.class.getName();
        case TEMPLATE -> String.class.getName();
        case PLAIN ->
            path.endsWith(".url")
                ? URI.class.getName()
                : path.startsWith("ssh.") && !text.rule().choices().isEmpty()
                    ? "one of " + text.rule().choices()
                    : String.class.getName();
      };
    }
    if (shape instanceof Shape.ListOf list) {
      return List.class.getName() + "<" + typeName(list.element(), path) + ">";
    }
    if (shape instanceof Shape.MapOf map) {
      return "%s<%s, %s>"
          .formatted(Map.class.getName(), String.class.getName(), typeName(map.value(), path));
    }
    if (shape instanceof Shape.Attributes) {
      return ObjectNode.class.getName();
    }
    return shape instanceof Shape.Flag ? "flag" : "number";
  }
}
