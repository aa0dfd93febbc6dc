package io.wizzie.wcs.ami.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildDifferenceTest {
  @TempDir private Path folder;
  private BuildRecords records = new BuildRecords(Path.of("."), Path.of("."));

  @BeforeEach
  void twoBuilds() throws IOException {
    records = new BuildRecords(folder.resolve("output"), folder);
    write("wcs-1", "manifest.json", RecordedBuilds.manifest("wcs-1", "ami-1"));
    write("wcs-1", "inventory.cdx.json", RecordedBuilds.inventory("wcs-1"));
    write("wcs-2", "manifest.json", RecordedBuilds.manifest("wcs-2", "ami-2"));
    write("wcs-2", "inventory.cdx.json", RecordedBuilds.inventory("wcs-2"));
  }

  private Path write(String build, String name, String text) throws IOException {
    Path file = folder.resolve("output").resolve(build).resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void change(String name, String old, String now) throws IOException {
    String text = Files.readString(folder.resolve("output/wcs-2").resolve(name));
    assertThat(text).contains(old);
    write("wcs-2", name, text.replace(old, now));
  }

  private BuildDifference difference() {
    return BuildDifference.between(records.get("wcs-1"), records.get("ami-2"));
  }

  private List<String> changes() {
    return difference().changes().stream()
        .map(
            each ->
                each.section().title()
                    + " "
                    + each.name()
                    + ": "
                    + each.before()
                    + " -> "
                    + each.after())
        .toList();
  }

  @Test
  void findsNothingBetweenEqualBuilds() {
    assertThat(difference().changes()).isEmpty();
    assertThat(difference().notes()).isEmpty();
  }

  @Test
  void findsPackagesThatWereAddedRemovedAndChanged() throws IOException {
    change("inventory.cdx.json", "\"7.88\"", "\"7.99\"");
    change("inventory.cdx.json", "\"nano\"", "\"vim\"");
    change("inventory.cdx.json", "sha256:aa", "sha256:ee");
    change("inventory.cdx.json", "\"18.7.10\"", "\"18.8.0\"");

    assertThat(changes())
        .containsExactly(
            "package curl:amd64: 7.88 -> 7.99",
            "package nano:amd64: 7.2 -> null",
            "package vim:amd64: null -> 7.2",
            "container image wizzie/kafka:1.0: sha256:aa -> sha256:ee",
            "gem chef: 18.7.10 -> 18.8.0");
  }

  @Test
  void findsWhatTheManifestTells() throws IOException {
    change("manifest.json", "\"ami-source\"", "\"ami-newer\"");
    change("manifest.json", "\"revision\": \"1.1.0\"", "\"revision\": \"1.2.0\"");
    change("manifest.json", "\"ab12\"", "\"ab34\"");
    change("manifest.json", "\"recipe[wcsprov]\"", "\"recipe[wcsprov]\", \"recipe[more]\"");
    change("manifest.json", "\"18.7.10\"", "\"18.8.0\"");
    change("manifest.json", "\"cd\"", "\"ef\"");

    assertThat(changes())
        .containsExactly(
            "source image id: ami-source -> ami-newer",
            "chef version: 18.7.10 -> 18.8.0",
            "run list provision: recipe[wcsprov] -> recipe[wcsprov], recipe[more]",
            "attribute provision.wcs.stack.revision: \"1.1.0\" -> \"1.2.0\"",
            "cookbook provision wcsprov: 1.0.0 sha256:ab12 -> 1.0.0 sha256:ab34");
  }

  @Test
  void tellsOfTheBundleWhenNothingElseExplainsIt() throws IOException {
    change("manifest.json", "\"cd\"", "\"ef\"");

    assertThat(changes()).containsExactly("roles, data bags, settings sha256: cd -> ef");
  }

  @Test
  void notesWhatItCanNotCompare() throws IOException {
    Files.delete(folder.resolve("output/wcs-2/inventory.cdx.json"));
    change("manifest.json", "\"provision\": {", "\"formerly\": {");

    assertThat(difference().changes()).isEmpty();
    assertThat(difference().notes())
        .hasSize(2)
        .anyMatch(note -> note.contains("inventory of wcs-2"))
        .anyMatch(note -> note.contains("manifest of wcs-2"));
  }

  @Test
  void notesThatDockerDidNotAnswer() throws IOException {
    change("manifest.json", "\"complete\": true", "\"complete\": false");
    change("inventory.cdx.json", "sha256:aa", "sha256:ee");

    assertThat(difference().changes()).isEmpty();
    assertThat(difference().notes()).singleElement().asString().contains("wcs-2");
  }

  @Test
  void findsABuildByPathFolderIdAndImage() throws IOException {
    assertThat(records.get("output/wcs-1/manifest.json").imageId()).isEqualTo("ami-1");
    assertThat(records.get("output/wcs-1").imageId()).isEqualTo("ami-1");
    assertThat(records.get("wcs-1").imageId()).isEqualTo("ami-1");
    assertThat(records.get("ami-2").buildId()).isEqualTo("wcs-2");
    assertThat(records.newest()).get().extracting(BuildRecord::buildId).isEqualTo("wcs-2");
  }

  @Test
  void findsTheInventoryOfAManifestThatLiesElsewhere() throws IOException {
    Path moved = Files.createDirectories(folder.resolve("ci")).resolve("wcs.json");
    Files.move(folder.resolve("output/wcs-1/manifest.json"), moved);
    // Another build's, which happens to lie there.
    Files.writeString(
        moved.resolveSibling("inventory.cdx.json"), RecordedBuilds.inventory("wcs-9"));

    assertThat(records.get("ci/wcs.json").inventory()).isNotNull();
    assertThat(String.valueOf(records.get("ci/wcs.json").inventory())).contains("wcs-1");
  }

  @Test
  void goesNowhereElseForAnInventory() throws IOException {
    change("manifest.json", "\"inventory.cdx.json\"", "\"../wcs-1/inventory.cdx.json\"");

    assertThat(records.get("wcs-2").inventory()).isNull();
  }

  @Test
  void refusesWhatIsNoBuild() throws IOException {
    write("wcs-3", "build.log", "failed");
    Files.writeString(folder.resolve("other.json"), "{}");
    Files.writeString(folder.resolve("text"), "no json");
    Files.writeString(
        folder.resolve("newer.json"),
        "{\"manifestVersion\": 2, \"buildId\": \"x\", \"imageId\": \"ami-3\"}");

    refused("ami-3", "Image ami-3 is not known", "wcs-2 (ami-2), wcs-1 (ami-1)");
    refused("wcs-4", "Build or manifest wcs-4 is not known");
    refused("../output/../..", "There is no manifest");
    refused("wcs-3", "Build wcs-3 has no manifest");
    refused("other.json", "is no manifest of wcs-ami");
    refused("text", "is not JSON");
    refused("newer.json", "newer wcs-ami");
  }

  private void refused(String meant, String... words) {
    assertThatThrownBy(() -> records.get(meant))
        .isInstanceOfSatisfying(
            BuildException.class,
            refused ->
                assertThat(refused.category()).isEqualTo(BuildException.Category.CONFIGURATION))
        .message()
        .contains(words);
  }
}
