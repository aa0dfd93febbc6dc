package io.wizzie.wcs.ami.localregion.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.config.SchemaErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioReaderTest {
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("config/scenarios"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsGoodAndFollowsTheSchema(Path example) throws IOException {
    String text = ScenarioReader.text(example);

    assertThat(ScenarioReader.read("example", text)).isNotEqualTo(Scenario.NONE);
    assertThat(SchemaErrors.of(schema(), LENIENT.readTree(text))).isEmpty();
    assertThat(example.resolveSibling(LENIENT.readTree(text).path("$schema").asText()))
        .isRegularFile();
  }

  @Test
  void theExampleInTheDocumentationIsGood() throws IOException {
    Matcher shown =
        Pattern.compile("```jsonc\\s+(\\{.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("src/docs/local-region.md")));

    assertThat(shown.find()).isTrue();
    assertThat(ScenarioReader.read("local-region.md", shown.group(1)).faults()).hasSize(2);
    assertThat(SchemaErrors.of(schema(), LENIENT.readTree(shown.group(1)))).isEmpty();
  }

  @Test
  void readsEverything() {
    Scenario scenario =
        ScenarioReader.read(
            "test",
            """
            {
              "seed": 3,
              "delays": {"instance": {"shutting-down": "1m30s"}, "image": {"pending": "250ms"}},
              "eventualConsistency": {"key-pair": "2s"},
              "faults": [{"actions": ["Run*"], "connection": "stall", "skip": 1, "count": 2,
                          "probability": 0.5, "afterEffect": true},
                         {"answerAfter": "3s"}]
            }
            """);

    assertThat(scenario.seed()).isEqualTo(3);
    assertThat(scenario.delays())
        .isEqualTo(
            Map.of(
                "instance.shutting-down",
                Duration.ofSeconds(90),
                "image.pending",
                Duration.ofMillis(250)));
    assertThat(scenario.invisible()).isEqualTo(Map.of("key-pair", Duration.ofSeconds(2)));
    Scenario.Fault fault = scenario.faults().get(0);
    assertThat(fault.stall()).isEqualTo(Duration.ofMinutes(5));
    assertThat(fault.answerAfter()).isNull();
    assertThat(fault.afterEffect()).isTrue();
    assertThat(fault.when()).isEqualTo(new Scenario.Occurrence(1, 2, 0.5));
    assertThat(scenario.faults().get(1).answerAfter()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                ScenarioReader.read(
                    "my.json",
                    """
                    {
                      "sed": 3,
                      "delays": {"instance": {"pending": "soon", "running": "1s"}},
                      "throttling": [{"bucketSize": 0}],
                      "faults": [{"actions": "Run*", "connection": "reset", "stallFor": "2s"},
                                 {"count": 1.5, "error": {"status": 200}}, 7]
                    }
                    """))
        .isInstanceOfSatisfying(
            BuildException.class,
            failure ->
                assertThat(failure.category()).isEqualTo(BuildException.Category.CONFIGURATION))
        .hasMessage(
            """
            The scenario my.json is wrong:
              delays.instance.pending must be a duration such as 90s, 1m30s or 250ms.
              delays.instance.running is unknown; valid here: pending, stopping, shutting-down.
              throttling[0].bucketSize must be a whole number from 1 to 1000000.
              throttling[0].refillRate is missing.
              faults[2] must be an object.
              faults[0] has a stallFor, which goes with "connection": "stall" only.
              faults[0].actions must be a list of texts.
              faults[1].error.code is missing.
              faults[1].error.status must be a whole number from 400 to 599.
              faults[1].count must be a whole number from 1 to 1000000.
              sed is unknown; valid here: $schema, description, seed, delays, eventualConsistency,\
             throttling, capacity, faults.""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{ | is not JSON", "[] | The document must be an object", "{} {} | is not JSON"})
  void whatIsNoObjectIsRefused(String text, String message) {
    assertThatThrownBy(() -> ScenarioReader.read("my.json", text)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'count': 1 | needs exactly one of error, connection, answerAfter.",
        "'connection': 'reset', 'answerAfter': '3s' | needs exactly one of error, connection",
        "'error': {'code': 'X'}, 'answerAfter': '3s' | needs exactly one of error, connection",
        "'error': {'code': 'X'}, 'connection': 'stall' | needs exactly one of error, connection",
        "'answerAfter': '3s', 'stallFor': '2s' | which goes with \"connection\": \"stall\" only",
        "'answerAfter': '3s', 'afterEffect': true | with answerAfter the effect always comes first",
      },
      quoteCharacter = '`')
  void aFaultThatContradictsItselfIsRefused(String members, String message) {
    String scenario = "{'faults': [{" + members + "}]}";

    assertThatThrownBy(() -> ScenarioReader.read("my.json", scenario.replace('\'', '"')))
        .hasMessageContaining("  faults[0] ")
        .hasMessageContaining(message);
  }

  @Test
  void theSchemaHasTheNamesThatAreRead() throws IOException {
    String strange =
        """
        {"x": 0, "eventualConsistency": {"x": 0}, "throttling": [{"x": 0}], "capacity": [{"x": 0}],
         "delays": {"x": 0, "instance": {"x": 0}, "image": {"x": 0}, "snapshot": {"x": 0},
                    "volume": {"x": 0}},
         "faults": [{"x": 0, "error": {"x": 0}}]}
        """;
    BuildException failure =
        catchThrowableOfType(BuildException.class, () -> ScenarioReader.read("strange", strange));

    Map<String, List<String>> read = new TreeMap<>();
    Matcher told =
        Pattern.compile("^  (.*?)\\.?x is unknown; valid here: (.*)\\.$", Pattern.MULTILINE)
            .matcher(failure.getMessage());
    while (told.find()) {
      read.put(
          told.group(1).replace("[0]", ""),
          List.copyOf(new TreeSet<>(List.of(told.group(2).split(", ", -1)))));
    }
    Map<String, List<String>> written = new TreeMap<>();
    collect("", schema(), written);
    assertThat(read).isEqualTo(written);
  }

  private static void collect(String path, JsonNode schema, Map<String, List<String>> names) {
    if (schema.has("properties")) {
      List<String> here = new ArrayList<>();
      schema
          .path("properties")
          .properties()
          .forEach(
              member -> {
                here.add(member.getKey());
                collect(
                    path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                    member.getValue(),
                    names);
              });
      names.put(path, List.copyOf(new TreeSet<>(here)));
    } else if (schema.has("items")) {
      collect(path, schema.path("items"), names);
    }
  }

  private static JsonNode schema() throws IOException {
    return LENIENT.readTree(Path.of("config/scenario.schema.json").toFile());
  }
}
