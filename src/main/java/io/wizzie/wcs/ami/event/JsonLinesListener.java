package io.wizzie.wcs.ami.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.io.BufferedWriter;
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
public final class JsonLinesListener implements BuildListener {
  private static final ObjectWriter JSON =
      JsonMapper.builder().addModule(texts()).build().writerFor(BuildEvent.class);

  private final BufferedWriter writer;

  private JsonLinesListener(BufferedWriter writer) {
    this.writer = writer;
  }

  /**
   * Opens the file, adding to one that exists.
   *
   * @throws UncheckedIOException when it can't be written
   */
  public static JsonLinesListener open(Path file) {
    return new JsonLinesListener(LogFileListener.openForAppending(file));
  }

  @Override
  public synchronized void accept(BuildEvent event) {
    try {
      writer.write(JSON.writeValueAsString(event));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
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
