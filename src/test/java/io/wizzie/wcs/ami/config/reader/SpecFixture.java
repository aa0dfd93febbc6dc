package io.wizzie.wcs.ami.config.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Makes the configuration's records for tests, so that a new option changes none of them. Nothing
 * is checked.
 */
public final class SpecFixture {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build();

  private SpecFixture() {}

  /** A record of JSON, in which quotes may be single or be left out of names, and its defaults. */
  public static <T> T of(Class<T> type, String json) {
    try {
      Value given = Value.of(Origin.option(0, "test"), JSON.readTree(json));
      return RecordMapping.map(type, Defaults.fill(given, RecordShapes.of(type)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** The record with another value of one component. */
  @SuppressWarnings("unchecked")
  public static <T extends Record> T with(T spec, String name, @Nullable Object value) {
    RecordComponent[] components = spec.getClass().getRecordComponents();
    @Nullable Object[] arguments = new Object[components.length];
    boolean found = false;
    for (int i = 0; i < components.length; i++) {
      boolean changed = components[i].getName().equals(name);
      found |= changed;
      arguments[i] = changed ? value : RecordMapping.value(components[i], spec);
    }
    if (!found) {
      throw new IllegalArgumentException(name);
    }
    return RecordMapping.create((Class<T>) spec.getClass(), arguments);
  }
}
