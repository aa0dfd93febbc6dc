package io.wizzie.wcs.ami.localregion.state;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;

/** The file format of a region's state: its records as JSON, readable by a person in need. */
public final class StateJson {
  private static final String VERSION = "version";

  /** Takes records and their times as they are, and leaves out what is null. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader()))
          .build();

  /** Reads what somebody may have written into: what is null or unknown counts as not there. */
  public static final JsonMapper LENIENT =
      MAPPER
          .rebuild()
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.SKIP, Nulls.SKIP))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private StateJson() {}

  static RegionState read(byte[] json) throws IOException {
    JsonNode tree = MAPPER.readTree(json);
    if (!(tree instanceof ObjectNode object)
        || object.path(VERSION).asInt() != RegionState.VERSION) {
      throw new IOException(
          "it is not of format version "
              + RegionState.VERSION
              + ", so another version of this program wrote it");
    }
    object.remove(VERSION);
    return MAPPER.treeToValue(object, RegionState.class);
  }

  static byte[] write(RegionState state) {
    try {
      ObjectNode tree = MAPPER.createObjectNode().put(VERSION, RegionState.VERSION);
      tree.setAll((ObjectNode) MAPPER.valueToTree(state));
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The region's state has no JSON form", e);
    }
  }

  private static final class InstantReader extends FromStringDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String value, DeserializationContext context) {
      return Instant.parse(value);
    }
  }
}
