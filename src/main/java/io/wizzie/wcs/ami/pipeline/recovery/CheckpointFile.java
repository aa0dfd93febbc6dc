package io.wizzie.wcs.ami.pipeline.recovery;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.base.PrivateFiles;
import io.wizzie.wcs.ami.base.Sha256;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.Field;
import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.config.reader.SpecSecrets;
import io.wizzie.wcs.ami.event.SecretMask;
import io.wizzie.wcs.ami.pipeline.result.RedactedAttributes;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint on the disk, {@value #NAME} in the build's folder: {@code format} and {@code
 * checkpoint}. Its digest stands in the journal, so that nobody carries on with something else.
 */
public final class CheckpointFile {
  public static final String NAME = "provisioned.json";

  /** Name of the journal's note that holds the digest. */
  public static final String NOTE = "provisioned";

  /** Grows whenever a later program could not read an earlier one's file. */
  private static final int FORMAT = 2;

  /** Far more than the inventory of any system. */
  private static final long LARGEST = 64L << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(texts())
          .addMixIn(SmokeCheck.class, SmokeChecks.class)
          // Only what records consist of: what else they can tell follows from that.
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /** Names of the fields whose texts a guest has chosen. */
  private static final List<String> FROM_THE_GUEST = List.of("audit", "inventory", "cleaned");

  private CheckpointFile() {}

  private record Content(int format, Checkpoint checkpoint) {}

  /** Which check it is, since the interface itself has nothing that a text could name. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = SmokeCheck.Tcp.class, name = "tcp"),
    @JsonSubTypes.Type(value = SmokeCheck.Http.class, name = "http"),
    @JsonSubTypes.Type(value = SmokeCheck.Unit.class, name = "unit"),
    @JsonSubTypes.Type(value = SmokeCheck.Command.class, name = "command")
  })
  private interface SmokeChecks {}

  /**
   * Writes it, without secrets, so that after a crash it is there as a whole or not at all.
   *
   * @return its digest
   * @throws BuildException category HOST
   */
  public static String write(Checkpoint checkpoint, Path folder, SecretMask mask) {
    Path file = folder.resolve(NAME);
    Path part = folder.resolve(NAME + ".part");
    return PrivateFiles.require(
        file + " can't be written",
        () -> {
          byte[] bytes = JSON.writeValueAsBytes(withoutSecrets(checkpoint, mask));
          PrivateFiles.replace(file, part, bytes);
          PrivateFiles.syncFolder(folder);
          return Sha256.of(bytes);
        });
  }

  /**
   * As it may be written down: without attributes that look secret, and without the address of
   * Chef's package, which may hold a password. Neither is needed any more.
   */
  private static ObjectNode withoutSecrets(Checkpoint checkpoint, SecretMask mask) {
    ObjectNode content = JSON.valueToTree(new Content(FORMAT, checkpoint));
    ObjectNode fields = content.withObject("checkpoint");
    BuildSpec spec =
        SpecSecrets.removed(
            checkpoint.spec(), each -> (ObjectNode) mask.json(RedactedAttributes.of(each)));
    fields.set("spec", JSON.valueToTree(spec));
    // Of the rest every word is needed to carry on.
    FROM_THE_GUEST.forEach(name -> fields.set(name, mask.json(fields.path(name))));
    return content;
  }

  /**
   * Reads it.
   *
   * @param digest that it must have
   * @throws BuildException category CONFIGURATION when it is not there, is another one or was
   *     written by another program
   */
  public static Checkpoint read(Path folder, String digest, ResumeRefusal refusal) {
    Path file = folder.resolve(NAME);
    try {
      if (!Files.isRegularFile(file)) {
        throw refusal.because(file + " is missing");
      }
      if (Files.size(file) > LARGEST) {
        throw refusal.because(file + " is too large");
      }
      byte[] bytes = Files.readAllBytes(file);
      if (!Sha256.of(bytes).equals(digest)) {
        throw refusal.because(file + " is not what the build has written: its digest differs");
      }
      JsonNode tree = JSON.readTree(bytes);
      if (tree.path("format").asInt() != FORMAT) {
        throw refusal.because(file + " was written by another version of this program");
      }
      if (tree.path("checkpoint").path("spec") instanceof ObjectNode spec) {
        fill(spec, BuildSpec.class);
      }
      return JSON.treeToValue(tree, Content.class).checkpoint();
    } catch (IOException failed) {
      throw refusal.because(file + " can't be read: " + Failures.firstLine(failed));
    }
  }

  private static SimpleModule texts() {
    SimpleModule texts = new SimpleModule();
    // A default stands as the configuration writes it.
    add(
        texts,
        Duration.class,
        text -> text.startsWith("P") ? Duration.parse(text) : DurationText.parse(text));
    add(texts, Instant.class, Instant::parse);
    add(texts, Path.class, Path::of);
    return texts;
  }

  private static <T> void add(SimpleModule module, Class<T> type, Function<String, T> parser) {
    module.addSerializer(type, ToStringSerializer.instance);
    module.addDeserializer(type, new FromText<>(type, parser));
  }

  private static final class FromText<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1;

    private final transient Function<String, T> parser;

    FromText(Class<T> type, Function<String, T> parser) {
      super(type);
      this.parser = parser;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return parser.apply(json.getText());
    }
  }

  /**
   * Adds what a configuration that an earlier program wrote down lacks and what has a default.
   *
   * @param tree of the record, its components' names as keys
   */
  private static void fill(ObjectNode tree, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      if (component.getType().isRecord() && tree.path(name) instanceof ObjectNode below) {
        fill(below, component.getType());
      } else if (!tree.has(name)) {
        addDefault(tree, component);
      }
    }
  }

  private static void addDefault(ObjectNode tree, RecordComponent component) {
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
