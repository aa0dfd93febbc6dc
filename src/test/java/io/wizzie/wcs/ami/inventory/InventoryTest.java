package io.wizzie.wcs.ami.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.guest.ScriptedShell;
import io.wizzie.wcs.ami.inventory.CycloneDx.Subject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final Duration SOON = Duration.ofMinutes(1);

  private static final String GUEST =
      """
      deb\tinstalled\tlibstdc++6\t12.2.0-14\tamd64\tgcc-12\t12.2.0-14
      deb\tinstalled\tcurl\t7.88.1-10+deb12u8\tamd64\tcurl\t7.88.1-10+deb12u8
      deb\tconfig-files\tnano\t7.2-1\tamd64\tnano\t7.2-1
      deb\tinstalled\tssh\t1:9.2p1-2\tall\topenssh\t1:9.2p1-2
      gem\tchef\t18.7.10\truby
      gem\tffi\t1.16.3\tx86_64-linux
      image\twizzie/kafka\t1.0\tsha256:aa\tsha256:bb
      image\twcs-sample/web\tlatest\t<none>\tsha256:cc
      image\t<none>\t<none>\t<none>\tsha256:dd
      some warning of a command
      running\t6.1.0-28-amd64
      kernel\t6.8.0-1021-aws
      whole
      """;

  private static final Subject SUBJECT =
      new Subject(
          "wcs-20261122-135800-ab12cd",
          "wcs-1.1.0",
          "1.1.0",
          Instant.parse("2026-11-22T13:58:00.123Z"),
          "1.0.0",
          "debian",
          "12");

  private static Inventory collected() {
    return InventoryCollector.collect(
        new ScriptedShell().on("sudo", 0, GUEST, ""), "/opt/cinc/bin/chef-solo", SOON);
  }

  private static JsonNode document() throws IOException {
    return JsonMapper.builder()
        .build()
        .readTree(CycloneDx.json(collected(), SUBJECT, UnaryOperator.identity()));
  }

  @Test
  void collectsWhatIsInstalledInOrder() {
    Inventory inventory = collected();

    assertThat(inventory.packages())
        .extracting(Inventory.DebPackage::name)
        .containsExactly("curl", "libstdc++6", "ssh");
    assertThat(inventory.gems()).extracting(Inventory.Gem::name).containsExactly("chef", "ffi");
    assertThat(inventory.containerImages()).hasSize(3);
    assertThat(inventory.kernels()).containsExactly("6.8.0-1021-aws");
    assertThat(inventory.runningKernel()).isEqualTo("6.1.0-28-amd64");
    assertThat(inventory.complete()).isTrue();
    assertThat(inventory.summary()).isEqualTo("3 packages, 3 container images, 2 gems");
  }

  @Test
  void looksForGemsInTheRubyBesideChef() {
    ScriptedShell shell = new ScriptedShell().on("sudo", 0, GUEST, "");
    InventoryCollector.collect(shell, "/opt/cinc/bin/chef-solo", SOON);

    assertThat(shell.commands().get(0)).endsWith("/opt/cinc/embedded/bin/ruby");
  }

  @Test
  void takesNoListThatBrokeOff() {
    String part = GUEST.replace("whole\n", "");

    assertThatThrownBy(
            () ->
                InventoryCollector.collect(
                    new ScriptedShell().on("sudo", 0, part, ""), "/opt/cinc/bin/chef-solo", SOON))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("broke off after 3 packages");
  }

  @Test
  void failsWithWhatTheGuestSaid() {
    assertThatThrownBy(
            () ->
                InventoryCollector.collect(
                    new ScriptedShell().on("sudo", 2, "", "dpkg-query: broken"), "/x/bin/y", SOON))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("exit code 2:\ndpkg-query: broken");
  }

  @Test
  void saysWhenDockerDidNotAnswer() {
    Inventory inventory =
        InventoryCollector.collect(
            new ScriptedShell().on("sudo", 0, "unanswered\tDocker\n" + GUEST, ""),
            "/x/bin/y",
            SOON);

    assertThat(inventory.complete()).isFalse();
  }

  @Test
  void namesComponentsByPackageUrl() throws IOException {
    assertThat(document().path("components").findValuesAsText("purl"))
        .containsExactly(
            "pkg:deb/debian/curl@7.88.1-10%2Bdeb12u8?arch=amd64&distro=debian-12",
            "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64&distro=debian-12"
                + "&upstream=gcc-12%4012.2.0-14",
            "pkg:deb/debian/ssh@1%3A9.2p1-2?arch=all&distro=debian-12"
                + "&upstream=openssh%401%3A9.2p1-2",
            "pkg:docker/%3Cnone%3E@sha256%3Add",
            "pkg:docker/wcs-sample/web@latest",
            "pkg:oci/kafka@sha256%3Aaa?repository_url=wizzie%2Fkafka&tag=1.0",
            "pkg:gem/chef@18.7.10",
            "pkg:gem/ffi@1.16.3?platform=x86_64-linux");
  }

  @Test
  void isTheSameWheneverItIsWritten() throws IOException {
    assertThat(CycloneDx.json(collected(), SUBJECT, UnaryOperator.identity()))
        .isEqualTo(CycloneDx.json(collected(), SUBJECT, UnaryOperator.identity()));
    assertThat(document().path("serialNumber").asText())
        .matches("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(document().at("/metadata/timestamp").asText()).isEqualTo("2026-11-22T13:58:00Z");
  }

  @Test
  void givesEveryComponentAReferenceOfItsOwn() throws IOException {
    List<String> references = document().findValuesAsText("bom-ref");

    assertThat(references).doesNotHaveDuplicates().hasSize(10);
  }
}
