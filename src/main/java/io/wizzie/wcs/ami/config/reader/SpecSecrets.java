package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.Field;
import java.lang.reflect.RecordComponent;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Takes out of a specification what its fields mark as secret. */
public final class SpecSecrets {
  private SpecSecrets() {}

  /**
   * The specification without secrets: null stands for them.
   *
   * @param attributes redacts node attributes, only some of which are secret
   */
  public static BuildSpec removed(BuildSpec spec, UnaryOperator<ObjectNode> attributes) {
    return without(spec, attributes);
  }

  private static <T extends Record> T without(T spec, UnaryOperator<ObjectNode> attributes) {
    RecordComponent[] components = spec.getClass().getRecordComponents();
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object value = RecordMapping.value(components[i], spec);
      Field field = RecordShapes.described(components[i]);
      if (value instanceof ObjectNode node && field.secret()) {
        arguments[i] = attributes.apply(node);
      } else if (value instanceof Record group) {
        arguments[i] = without(group, attributes);
      } else {
        arguments[i] = field.secret() ? null : value;
      }
    }
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) spec.getClass();
    return RecordMapping.create(type, arguments);
  }
}
