package io.wizzie.wcs.ami.pipeline.recovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.Field;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a configuration that an earlier program wrote down the defaults of options since then. */
final class MissingOptions {
  private MissingOptions() {}

  /**
   * Adds what is missing and has a default.
   *
   * @param tree of the record, its components' names as keys
   */
  static void fill(ObjectNode tree, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      if (component.getType().isRecord() && tree.path(name) instanceof ObjectNode below) {
        fill(below, component.getType());
      } else if (!tree.has(name)) {
        add(tree, component);
      }
    }
  }

  private static void add(ObjectNode tree, RecordComponent component) {
    Field.Default byDefault = component.getAnnotation(Field.Default.class);
    String[] defaults = byDefault == null ? new String[0] : byDefault.value();
    if (component.getType() == List.class) {
      ArrayNode list = tree.putArray(component.getName());
      List.of(defaults).forEach(list::add);
    } else if (defaults.length > 0) {
      tree.put(component.getName(), defaults[0]);
    } else if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      tree.putNull(component.getName());
    }
  }
}
