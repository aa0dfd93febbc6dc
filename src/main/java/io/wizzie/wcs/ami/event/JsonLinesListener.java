package io.wizzie.wcs.ami.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes every event as one JSON object per line, for programs. {@code event} names the kind in
 * kebab case; {@code at} and {@code buildId} are always there, the other fields are the event's
 * own.
 */
public final class JsonLinesListener extends FileListener {
  private static final JsonMapper JSON = JsonMapper.builder().addModule(texts()).build();
  private final ObjectWriter json;

  /**
   * @param buildId of the one build whose file it is
   */
  public JsonLinesListener(Path file, String buildId) {
    super(file);
    this.json = JSON.writer().withAttribute("buildId", buildId);
  }

  @Override
  public void accept(BuildEvent event) {
    try {
      write(json.writeValueAsString(event) + "\n");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SimpleModule texts() {
    ToStringSerializer text = ToStringSerializer.instance;
    return new SimpleModule()
        .addSerializer(Instant.class, text)
        .addSerializer(ResourceKind.class, text)
        .addSerializer(Duration.class, new Seconds());
  }

  private static final class Seconds extends StdSerializer<Duration> {
    private static final long serialVersionUID = 1;

    Seconds() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeNumber(value.toMillis() / 1000.0);
    }
  }
}
