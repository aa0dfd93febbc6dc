package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                + "\"tokens\":{\"api_token\":\"(secret)\"},\"proxy\":\"(secret)\","
                + "\"needs_password\":true,\"keys\":[\"(secret)\"],\"port\":3000}}}");
    assertThat(written("manifest.json").at("/bootstrap/runList/0").asText())
        .isEqualTo("recipe[wcsbootstrap]");
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
