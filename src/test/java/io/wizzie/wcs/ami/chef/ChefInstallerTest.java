package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.config.ChefSpec;
import io.wizzie.wcs.ami.config.reader.SpecFixture;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.guest.ScriptedShell;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChefInstallerTest {
  private static final String SHA256 = "a".repeat(64);
  private static final String FALLBACK = "/opt/wcs-ami-stand-in/bin/chef-solo";
  private static final String CINC = "Cinc Client: 18.7.10\n";

  @TempDir Path folder;

  private final List<BuildEvent> events = new ArrayList<>();
  private final ChefInstaller installer =
      new ChefInstaller(
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), events::add, Duration.ofMinutes(5));
  private final ScriptedShell shell = new ScriptedShell();

  @Test
  void downloadsChecksAndInstallsThePackage() {
    shell.on("--version", 3, "", "").on("--version", 0, CINC, "");

    InstalledChef chef = installer.install(shell, download("18.7.10", null));

    assertThat(chef).isEqualTo(new InstalledChef("Cinc Client", "18.7.10", Specs.SOLO, false));
    assertThat(shell.commands())
        .containsSubsequence(
            "sudo -n /bin/sh -s -- fetch 4 300",
            "sudo -n /bin/sh -s -- check " + SHA256,
            "sudo -n /bin/sh -s -- install 300");
  }

  @Test
  void takesWhatIsInTheImageWhenItIsTheWantedVersion() {
    shell.on("--version", 0, CINC, "");

    installer.install(shell, download("18.7", null));

    assertThat(shell.commands()).hasSize(1);
  }

  @Test
  void replacesAnotherVersion() {
    shell.on("--version", 0, "Cinc Client: 17.1.2\n", "").on("--version", 0, CINC, "");

    installer.install(shell, download("18.7.10", null));

    assertThat(shell.commands()).contains("sudo -n /bin/sh -s -- install 300");
  }

  @Test
  void neverInstallsAPackageOfAnotherSha256EvenWithAFallback() {
    shell.on("--version", 3, "", "").on("check", 76, "b".repeat(64) + "\n", "");

    assertThatThrownBy(() -> installer.install(shell, download(null, FALLBACK)))
        .hasMessageContaining("b".repeat(64))
        .hasMessageContaining(SHA256)
        .hasMessageContaining("not installed");
    assertThat(shell.commands()).doesNotContain("sudo -n /bin/sh -s -- install 300");
  }

  @Test
  void fallsBackToTheStandInWhenTheServerCantBeReached() {
    shell
        .on("--version", 3, "", "")
        .on("fetch", 75, "", "curl: (6) Could not resolve host")
        .on(FALLBACK, 0, "Chef stand-in: 18.0.0 (not Chef)\n", "");

    InstalledChef chef = installer.install(shell, download("18.7.10", FALLBACK));

    assertThat(chef).isEqualTo(new InstalledChef("Chef stand-in", "18.0.0", FALLBACK, true));
    assertThat(warnings())
        .anyMatch(text -> text.contains("Could not resolve host"))
        .anyMatch(text -> text.contains("converged by the stand-in, not Chef"));
  }

  @Test
  void failsWithoutAFallbackWhenTheServerCantBeReached() {
    shell.on("--version", 3, "", "").on("fetch", 75, "", "curl: (7) refused");

    assertThatThrownBy(() -> installer.install(shell, download(null, null)))
        .hasMessageContaining("could not download")
        .hasMessageContaining("chef.package.file");
  }

  @Test
  void failsOnAnAnswerThatIsNoPackageEvenWithAFallback() {
    shell.on("--version", 3, "", "").on("fetch", 22, "", "curl: (22) 404");

    assertThatThrownBy(() -> installer.install(shell, download(null, FALLBACK)))
        .hasMessageContaining("404");
  }

  @Test
  void uploadsAPackageFile() throws Exception {
    Path file = Files.writeString(folder.resolve("cinc.deb"), "package");
    shell.on("--version", 3, "", "").on("--version", 0, CINC, "");

    installer.install(
        shell, chef("cinc", null, new ChefSpec.ChefPackage(null, file, SHA256), null));

    assertThat(shell.inputs()).contains("package");
    assertThat(shell.commands()).contains("sudo -n /bin/sh -s -- check " + SHA256);
  }

  @Test
  void failsWhenTheInstalledVersionIsAnother() {
    shell.on("--version", 3, "", "").on("--version", 0, CINC, "");

    assertThatThrownBy(() -> installer.install(shell, download("18.7.1", null)))
        .hasMessageContaining("chef.version is 18.7.1")
        .hasMessageContaining("Cinc Client 18.7.10");
  }

  @Test
  void failsWhenTheInstalledProductIsAnother() {
    shell.on("--version", 0, "Chef Infra Client: 18.4.12\n", "");

    assertThatThrownBy(() -> installer.install(shell, chef("cinc", null, null, null)))
        .hasMessageContaining("chef.product is cinc");
  }

  @Test
  void failsWhenThereIsNoChefAndNoPackage() {
    shell.on("--version", 3, "", "");

    assertThatThrownBy(() -> installer.install(shell, chef("cinc", null, null, null)))
        .hasMessageContaining("chef.package names none");
  }

  private List<String> warnings() {
    return events.stream()
        .filter(BuildEvent.Warning.class::isInstance)
        .map(event -> ((BuildEvent.Warning) event).message())
        .toList();
  }

  private static ChefSpec download(@Nullable String version, @Nullable String fallback) {
    URI url = URI.create("https://downloads.example/cinc.deb");
    return chef("cinc", version, new ChefSpec.ChefPackage(url, null, SHA256), fallback);
  }

  private static ChefSpec chef(
      String product,
      @Nullable String version,
      ChefSpec.@Nullable ChefPackage chefPackage,
      @Nullable String fallback) {
    return SpecFixture.with(
        Specs.chef(
            "{product: '" + product + "', soloPath: '" + Specs.SOLO + "', logLevel: 'auto'}",
            chefPackage,
            fallback),
        "version",
        version);
  }
}
