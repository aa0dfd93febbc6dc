package io.wizzie.wcs.ami.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.SchemaErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The written-down forms of the field table. After a change of the table, {@code mvn test
 * -Dtest=ConfigurationReferenceTest -DupdateReference} writes them anew.
 */
class ConfigurationReferenceTest {
  private static final Path REFERENCE = Path.of("src/docs/configuration.md");
  private static final Path SCHEMA = Path.of("config/wcs-ami.schema.json");
  private static final Path SHIPPED = Path.of("config/wcs-ami.json");
  private static final String START = "<!-- configuration -->\n";
  private static final String END = "<!-- /configuration -->\n";
  private static final boolean UPDATE = System.getProperty("updateReference") != null;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  @TempDir private Path folder;

  @Test
  void theDocumentationHasTheReference() throws IOException {
    String readme = Files.readString(REFERENCE);
    int start = readme.indexOf(START) + START.length();
    int end = readme.indexOf(END);
    assertThat(start).isBetween(START.length(), end);
    if (UPDATE) {
      readme = readme.substring(0, start) + new ReferenceTable().render() + readme.substring(end);
      Files.writeString(REFERENCE, readme);
      end = readme.indexOf(END);
    }

    assertThat(readme.substring(start, end)).isEqualTo(new ReferenceTable().render());
  }

  @Test
  void theSchemaIsUpToDate() throws IOException {
    if (UPDATE) {
      Files.writeString(SCHEMA, new SchemaWriter().write());
    }

    assertThat(SCHEMA).hasContent(new SchemaWriter().write());
  }

  @Test
  void theShippedConfigurationFollowsTheSchema() throws IOException {
    assertThat(schemaErrors(Files.readString(SHIPPED))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\": \"1\", \"$schema\": \"x\", \"region\": null, \"builder\": null}",
        "{\"builder\": {\"tags\": {\"a\": null}, \"rootVolume\": null, \"instanceTypes\": null}}",
        "{\"ssh\": {\"address\": null, \"keyType\": \"rsa\", \"port\": 65535}}",
        "{\"regions\": {\"local\": {\"chef\": {\"fallbackSoloPath\": \"/x\"}}, \"eu-west-1\": null}}",
        "{\"regions\": {\"eu-west-1\": {\"chef\": {\"fallbackSoloPath\": null}}}}",
        "{\"provision\": {\"attributes\": {\"any\": [{\"thing\": null}]}, \"timeout\": \"1h30m\"}}",
      })
  void theSchemaAndTheReaderAcceptTheSame(String text) throws IOException {
    assertThat(schemaErrors(text)).isEmpty();
    assertThat(readerProblems(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"versoin\": \"1\"}",
        "{\"version\": 1}",
        "{\"regions\": {\"EU\": {}}}",
        "{\"regions\": {\"local\": {\"region\": \"local\"}}}",
        "{\"regions\": {\"eu-west-1\": {\"chef\": {\"fallbackSoloPath\": \"/x\"}}}}",
        "{\"regions\": {\"local\": {\"ssh\": {\"port\": \"22\"}}}}",
        "{\"chef\": {\"fallbackSoloPath\": \"/x\"}}",
        "{\"chef\": {\"package\": {\"sha256\": \"abc\"}}}",
        "{\"sourceImage\": {\"imageId\": \"ami-1\"}}",
        "{\"sourceImage\": {\"filters\": {\"name\": []}}}",
        "{\"sourceImage\": {\"filters\": {\"Name\": [\"x\"]}}}",
        "{\"builder\": {\"instanceTypes\": []}}",
        "{\"builder\": {\"instanceTypes\": [null]}}",
        "{\"builder\": {\"rootVolume\": {\"volumeSize\": 0}}}",
        "{\"builder\": {\"rootVolume\": {\"volumeSize\": 30.5}}}",
        "{\"builder\": {\"rootVolume\": {\"volumeType\": \"gp4\"}}}",
        "{\"builder\": {\"lifetime\": \"\"}}",
        "{\"builder\": {\"tags\": {\"\": \"x\"}}}",
        "{\"ssh\": {\"address\": \"ipv6\"}}",
        "{\"ssh\": {\"port\": 65536}}",
        "{\"bootstrap\": {\"runList\": [\"recipe[\"]}}",
        "{\"image\": {\"imdsV2Only\": \"yes\"}}",
        "{\"image\": {\"name\": \"\"}}",
      })
  void theSchemaAndTheReaderRefuseTheSame(String text) throws IOException {
    assertThat(schemaErrors(text)).hasSize(1);
    assertThat(readerProblems(text)).hasSize(1);
  }

  private static List<String> schemaErrors(String text) throws JsonProcessingException {
    JsonNode schema = JSON.readTree(new SchemaWriter().write());
    return SchemaErrors.of(schema, JSON.readTree(text));
  }

  private List<Problem> readerProblems(String text) throws IOException {
    Problems problems = new Problems();
    Path file = Files.writeString(folder.resolve("a.json"), text);
    Object read = ConfigFile.read(file, 0, problems);
    assertThat(read == null && problems.isEmpty()).isFalse();
    return problems.sorted();
  }
}
