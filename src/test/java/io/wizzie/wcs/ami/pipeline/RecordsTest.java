package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.event.BuildEvent.Warning;
import io.wizzie.wcs.ami.event.SecretMask;
import io.wizzie.wcs.ami.history.BuildDifference;
import io.wizzie.wcs.ami.history.BuildRecords;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.inventory.Inventory.DebPackage;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Built;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.Manifest;
import io.wizzie.wcs.ami.pipeline.result.RedactedAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build writes down beside its log. */
class RecordsTest {
  @TempDir Path output;
  private BuildBench bench;

  @BeforeEach
  void setUp() {
    bench = new BuildBench(output);
  }

  private JsonNode written(String name) throws IOException {
    return JsonMapper.builder().build().readTree(Files.readString(bench.folder().resolve(name)));
  }

  private BuildResult build() {
    BuildOutcome outcome = bench.run();
    assertThat(outcome).isInstanceOf(Built.class);
    return ((Built) outcome).result();
  }

  @Test
  void writesTheTemplateOfTheImage() throws IOException {
    BuildResult result = build();

    JsonNode template = written("template.json");
    assertThat(template.at("/Mappings/Images/eu-west-1/ImageId").asText())
        .isEqualTo(result.imageId());
    assertThat(template.at("/Parameters/VolumeSize/Default").asInt()).isEqualTo(30);
    assertThat(
            template.at("/Resources/Instance/Properties/BlockDeviceMappings/0/DeviceName").asText())
        .isEqualTo("/dev/xvda");
  }

  @Test
  void handsTheImageOutAlsoWhenTheTemplateCanNotBeWritten() throws IOException {
    Files.createDirectories(bench.folder().resolve("template.json"));

    build();

    assertThat(bench.events(Warning.class))
        .extracting(Warning::message)
        .filteredOn(message -> !message.startsWith("ami-"))
        .singleElement()
        .asString()
        .contains("template");
  }

  @Test
  void writesTheInventoryAndItsSummary() throws IOException {
    build();

    assertThat(written("inventory.cdx.json").findValuesAsText("purl"))
        .containsExactly("pkg:deb/debian/curl@7.88.1-10%2Bdeb12u8?arch=amd64&distro=debian-12");
    assertThat(written("manifest.json").path("inventory").toString())
        .isEqualTo(
            "{\"file\":\"inventory.cdx.json\",\"packages\":1,\"containerImages\":0,\"gems\":0,"
                + "\"kernels\":[],\"builderKernel\":\"6.1.0-28-amd64\",\"complete\":true}");
  }

  @Test
  void warnsOfAnInventoryWithoutContainerImages() {
    bench.guest.inventory =
        new Inventory(
            List.of(new DebPackage("curl", "7", "amd64", "curl", "7")),
            List.of(),
            List.of(),
            List.of(),
            "6.1.0",
            false);

    build();

    assertThat(bench.events(Warning.class))
        .extracting(Warning::message)
        .filteredOn(message -> !message.startsWith("ami-"))
        .singleElement()
        .asString()
        .contains("Docker");
  }

  @Test
  void writesRunListsAndAttributesWithoutSecrets() throws IOException {
    bench.spec =
        Specs.withAttributes(
            """
            {"wcs": {"revision": "1.1.0", "db_password": "hunter2", "tokens": {"api_token": ["t"]},
                     "proxy": "http://me:pw@proxy:3128/", "needs_password": true,
                     "keys": ["-----BEGIN OPENSSH PRIVATE KEY-----"], "port": 3000}}
            """);

    build();

    assertThat(written("manifest.json").path("provision").toString())
        .isEqualTo(
            "{\"environment\":null,\"runList\":[\"recipe[wcsprov]\"],\"attributes\":{\"wcs\":{"
                + "\"revision\":\"1.1.0\",\"db_password\":\"(secret)\","
                + "\"tokens\":{\"api_token\":[\"(secret)\"]},\"proxy\":\"(secret)\","
                + "\"needs_password\":true,\"keys\":[\"(secret)\"],\"port\":3000}}}");
    assertThat(written("manifest.json").at("/bootstrap/runList/0").asText())
        .isEqualTo("recipe[wcsbootstrap]");
  }

  @Test
  void attributesWithSecretsChangeNothingElseInManifestAndInventory() throws IOException {
    bench.guest.inventory =
        new Inventory(
            List.of(
                new DebPackage("docker.io", "20.10.24", "amd64", "docker.io", "20.10.24"),
                new DebPackage("wizzie-agent", "1.1.0", "amd64", "wizzie-agent", "1.1.0"),
                new DebPackage("python3-github", "2", "amd64", "python3-github", "2")),
            List.of(),
            List.of(),
            List.of(),
            "6.1.0-28-amd64",
            true);
    bench.guest.cleaned = List.of("https://github.com/wizzie-io/kafka", "debian-12 of wizzie");
    build();
    String manifest = comparable("manifest.json");
    String inventory = Files.readString(bench.folder().resolve("inventory.cdx.json"));
    BuildBench other = new BuildBench(output.resolve("other"));
    other.guest.inventory = bench.guest.inventory;
    other.guest.cleaned = bench.guest.cleaned;
    other.spec =
        Specs.withAttributes(
            """
            {"credentials": {"username": "wizzie-agent", "company": ["wizzie", "debian-12"],
                             "repository": "https://github.com/wizzie-io/kafka"},
             "secret_store": "docker.io", "secrets": {"image": "ami-00000001", "team": "wizzie"},
             "db_password": "docker.io", "api_token": "https://github.com/wizzie-io/kafka",
             "app_secret": "python3-github", "pin_token": "20.10.24", "root_password": "debian-12",
             "registry_token": "ami-0123456789abcdef0"}
            """);
    bench = other;

    build();

    assertThat(comparable("manifest.json")).isEqualTo(manifest);
    assertThat(bench.folder().resolve("inventory.cdx.json")).hasContent(inventory);
    assertThat(written("manifest.json").at("/provision/attributes").toString())
        .isEqualTo(
            "{\"credentials\":{\"username\":\"wizzie-agent\",\"company\":[\"wizzie\",\"debian-12\"],"
                + "\"repository\":\"https://github.com/wizzie-io/kafka\"},"
                + "\"secret_store\":\"docker.io\","
                + "\"secrets\":{\"image\":\"(secret)\",\"team\":\"(secret)\"},"
                + "\"db_password\":\"(secret)\",\"api_token\":\"(secret)\","
                + "\"app_secret\":\"(secret)\",\"pin_token\":\"(secret)\","
                + "\"root_password\":\"(secret)\",\"registry_token\":\"(secret)\"}");
  }

  /** All of it but the attributes, which differ on purpose, and the order of what overlaps. */
  private String comparable(String name) throws IOException {
    ObjectNode document = (ObjectNode) written(name);
    ((ObjectNode) document.path("provision")).remove("attributes");
    document.remove("stages");
    return document.toPrettyString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "db_password",
        "dbPassword",
        "passwords",
        "admin-token",
        "authtoken",
        "pass",
        "api_keys",
        "secretKey",
        "secret_key_base",
        "aws_secret_access_key",
        "client_secret",
        "passphrase",
        "SSH_PRIVATE_KEY",
        "password_hash",
        "token2",
        "credential"
      })
  void aLeafWithASecretsNameIsASecret(String name) {
    assertThat(leaf(name)).isEqualTo("(secret)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret_store",
        "secret_name",
        "password_policy",
        "passwd_file",
        "token_url",
        "bypass",
        "compass",
        "key",
        "keys",
        "public_key",
        "secretary",
        "tokenizer",
        "credentials_file",
        "access_key_type",
        "passenger"
      })
  void aLeafThatOnlyTellsOfASecretIsNone(String name) {
    assertThat(leaf(name)).isEqualTo("the value");
  }

  @Test
  void whatLiesBelowANameForSecretsIsHiddenInItsPlaceAndSoughtElsewhereOnlyIfUnmistakable()
      throws IOException {
    JsonNode attributes =
        JsonMapper.builder()
            .build()
            .readTree(
                """
                {"passwords": {"alice": "x", "bob": ["wizzie-agent", "T7vQ9zK2mW4x"], "any": true},
                 "db": {"private_keys": {"main": {"old": 12345678, "from": "https://host/a"}}},
                 "api_key": {"live": "docker.io", "token": "docker.io"},
                 "credentials": {"user": "me", "tokens": {"ci": "20.10.24"}},
                 "secret_store": {"path": "kv"}, "password_policy": {"words": "four"}}
                """);
    List<String> sought = new ArrayList<>();

    RedactedAttributes.secrets(attributes, sought::add);

    assertThat(RedactedAttributes.of(attributes))
        .hasToString(
            "{\"passwords\":{\"alice\":\"(secret)\",\"bob\":[\"(secret)\",\"(secret)\"],"
                + "\"any\":true},\"db\":{\"private_keys\":{\"main\":{\"old\":\"(secret)\","
                + "\"from\":\"(secret)\"}}},\"api_key\":{\"live\":\"(secret)\",\"token\":\"(secret)\"},"
                + "\"credentials\":{\"user\":\"me\",\"tokens\":{\"ci\":\"(secret)\"}},"
                + "\"secret_store\":{\"path\":\"kv\"},\"password_policy\":{\"words\":\"four\"}}");
    assertThat(sought).containsExactly("T7vQ9zK2mW4x", "12345678", "docker.io");
  }

  private static String leaf(String name) {
    return RedactedAttributes.of(JsonNodeFactory.instance.objectNode().put(name, "the value"))
        .path(name)
        .asText();
  }

  /** The reader of manifests against their writer. */
  @Test
  void writesWhatTwoBuildsAreComparedBy() throws IOException {
    BuildResult result = build();
    Path other = Files.createDirectories(output.resolve("other"));
    Files.writeString(
        other.resolve("manifest.json"),
        Manifest.json(result, new SecretMask())
            .replace("\"cd\"", "\"ef\"")
            .replace("\"recipe[wcsbootstrap]\"", "\"recipe[another]\""));
    Files.writeString(
        other.resolve("inventory.cdx.json"),
        Files.readString(bench.folder().resolve("inventory.cdx.json"))
            .replace("\"7.88.1-10+deb12u8\"", "\"7.88.1-10+deb12u9\""));
    BuildRecords records = new BuildRecords(output, output);

    BuildDifference difference =
        BuildDifference.between(
            records.get(bench.buildId.value()), records.get("other/manifest.json"));

    assertThat(difference.notes()).isEmpty();
    assertThat(difference.changes())
        .extracting(each -> each.section().title() + " " + each.name())
        .containsExactly("run list bootstrap", "cookbook provision wcsprov", "package curl:amd64");
  }
}
