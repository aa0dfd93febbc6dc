package io.wizzie.wcs.ami.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.config.InvalidSpecException;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.SchemaErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever stands in a configuration file, it is understood, or every problem has its place. */
class SpecReaderPropertiesTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();
  private static final Path SHIPPED = Path.of("config/wcs-ami.json");
  private static final Path SCHEMA = Path.of("config/wcs-ami.schema.json");

  @Property(tries = 300)
  void anyTextIsReadOrItsProblemsAreNamed(@ForAll("texts") String text) throws Exception {
    problems(text);
  }

  @Property(tries = 200)
  void aTornFileIsAProblemOfThatFile(@ForAll @IntRange(max = 20_000) int length) throws Exception {
    byte[] whole = Files.readAllBytes(SHIPPED);
    int cut = Math.min(length, whole.length - 3);

    assertThat(problems(new String(whole, 0, cut, StandardCharsets.UTF_8))).isPresent();
  }

  @Property(tries = 500)
  void aChangedFileIsReadOrItsProblemsAreNamed(
      @ForAll int where, @ForAll("values") JsonNode value, @ForAll("names") String name)
      throws Exception {
    problems(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(changed(where, value, name)));
  }

  @Property(tries = 500)
  void whatTheReaderAcceptsTheSchemaAccepts(
      @ForAll int where, @ForAll("values") JsonNode value, @ForAll("names") String name)
      throws Exception {
    JsonNode changed = changed(where, value, name);

    if (problems(changed.toString()).isEmpty()) {
      assertThat(SchemaErrors.of(JSON.readTree(SCHEMA.toFile()), changed))
          .as("%s", changed)
          .isEmpty();
    }
  }

  /** The shipped configuration with one of its nodes set to the value, or renamed. */
  private static JsonNode changed(int where, JsonNode value, String name) throws IOException {
    JsonNode root = JSON.readTree(SHIPPED.toFile());
    List<Runnable> changes = new ArrayList<>();
    collect(root, value, name, changes);
    changes.get(Math.floorMod(where, changes.size())).run();
    return root;
  }

  private static void collect(JsonNode node, JsonNode value, String name, List<Runnable> changes) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        changes.add(() -> object.set(field.getKey(), value));
        changes.add(() -> object.set(name, object.remove(field.getKey())));
        collect(field.getValue(), value, name, changes);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        changes.add(() -> array.set(index, value));
        collect(array.get(i), value, name, changes);
      }
    }
  }

  /** What the reader has against the text; anything but a list of placed problems fails. */
  private static Optional<List<Problem>> problems(String text) throws IOException {
    // Beside the shipped file, because the paths in it are relative to its folder.
    Path file = Files.createTempFile(SHIPPED.toAbsolutePath().getParent(), ".property", ".json");
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
      SpecReader.read(List.of(file), List.of(), "local");
      return Optional.empty();
    } catch (InvalidSpecException invalid) {
      assertThat(invalid.problems()).isNotEmpty().doesNotHaveDuplicates();
      for (Problem problem : invalid.problems()) {
        assertThat(problem.where()).startsWith(file.toString());
        assertThat(problem.message()).isNotBlank().doesNotContain("Exception", "com.fasterxml");
      }
      return Optional.of(invalid.problems());
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "//",
            "/*",
            "\n",
            "\u0000",
            "\"version\"",
            "\"image\"",
            "\"regions\"",
            "\"local\"",
            "\"1\"",
            "null",
            "true",
            "1e999",
            "-",
            "\ud83d\ude00");
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .ofMaxLength(80)
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text)),
        parts.list().ofMaxSize(25).map(each -> String.join("", each)));
  }

  @Provide
  Arbitrary<JsonNode> values() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return Arbitraries.of(
        nodes.nullNode(),
        nodes.booleanNode(true),
        nodes.numberNode(0),
        nodes.numberNode(-1),
        nodes.numberNode(1e300),
        nodes.numberNode(Long.MAX_VALUE),
        nodes.textNode(""),
        nodes.textNode(" "),
        nodes.textNode("local"),
        nodes.textNode("{nothing}"),
        nodes.textNode("1h30m"),
        nodes.textNode("\u0000"),
        nodes.textNode("../../../etc/passwd"),
        nodes.textNode("x".repeat(3000)),
        nodes.arrayNode(),
        nodes.arrayNode().add(1).addNull(),
        nodes.arrayNode().add("recipe[wcsprov]"),
        nodes.objectNode(),
        nodes.objectNode().put("region", "local"),
        nodes.objectNode().putNull("name"));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        "name", "imageId", "image_id", "", "regions", "local", "$schema", "\n", "aws:x");
  }
}
