package io.wizzie.wcs.ami.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What the jar says of itself: its parts, their licences, and nothing that must not be in it. */
class JarContentIT {
  /** Licences, by their SPDX identifier, that may be handed on in one jar with this program. */
  private static final Set<String> ACCEPTED = Set.of("Apache-2.0", "MIT", "MIT-0");

  @Test
  void carriesTheListOfItsPartsWithVersionsDigestsAndLicences() throws Exception {
    JsonNode bom = new ObjectMapper().readTree(text("META-INF/sbom/wcs-ami.cdx.json"));

    assertThat(bom.path("bomFormat").textValue()).isEqualTo("CycloneDX");
    List<String> names = new ArrayList<>();
    for (JsonNode component : bom.path("components")) {
      names.add(component.path("name").textValue());
      assertThat(component.path("version").asText()).as("%s", component).isNotBlank();
      assertThat(component.path("purl").asText()).startsWith("pkg:maven/");
      assertThat(component.path("hashes").findValuesAsText("alg")).contains("SHA-256");
      assertThat(licences(component))
          .as("licences of %s", component.path("purl"))
          .isNotEmpty()
          .isSubsetOf(ACCEPTED);
    }
    assertThat(names).contains("ec2", "picocli", "jackson-databind", "sshd-core", "slf4j-simple");
    assertThat(names).doesNotContain("junit-jupiter", "jqwik", "error_prone_core");
  }

  @Test
  void saysTheSameEachTimeItIsBuilt() throws Exception {
    JsonNode bom = new ObjectMapper().readTree(text("META-INF/sbom/wcs-ami.cdx.json"));

    assertThat(bom.has("serialNumber")).isFalse();
    assertThat(bom.path("metadata").has("timestamp")).isFalse();
  }

  @Test
  void handsTheLicencesOn() throws Exception {
    assertThat(text("META-INF/LICENSE")).contains("Apache License").contains("Version 2.0");
    assertThat(text("META-INF/LICENSE.txt")).contains("QOS.ch").contains("Permission is hereby");
    assertThat(text("META-INF/NOTICE")).contains("Apache MINA SSHD");
  }

  @Test
  void carriesNoSignatureAndNoTest() throws Exception {
    try (ZipFile jar = new ZipFile(jar())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"))
          .noneMatch(name -> name.startsWith("org/junit/") || name.startsWith("net/jqwik/"))
          .noneMatch(name -> name.endsWith("Test.class") || name.endsWith("IT.class"));
    }
  }

  @Test
  void carriesTheStandInAsItsIndexSays() throws Exception {
    String folder = "io/wizzie/wcs/ami/localregion/stand-in/";
    assertThat(text(folder + "bin/chef-solo")).startsWith("#!/usr/bin/env ruby");
    try (ZipFile jar = new ZipFile(jar())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .filteredOn(name -> name.startsWith(folder) && !name.endsWith("/"))
          .map(name -> name.substring(folder.length()))
          .containsExactlyInAnyOrderElementsOf(text(folder + "index").lines().toList());
    }
  }

  private static Set<String> licences(JsonNode component) {
    Set<String> found = new TreeSet<>();
    for (JsonNode each : component.path("licenses")) {
      JsonNode licence = each.path("license");
      found.add(licence.path("id").asText(licence.path("name").asText()));
    }
    return found;
  }

  private static String text(String entry) throws IOException {
    try (ZipFile jar = new ZipFile(jar())) {
      ZipEntry found = jar.getEntry(entry);
      assertThat(found).as(entry).isNotNull();
      try (InputStream in = jar.getInputStream(found)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private static String jar() {
    return System.getProperty("wcs-ami.jar", "target/wcs-ami.jar");
  }
}
