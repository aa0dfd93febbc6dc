package io.wizzie.wcs.ami.chef.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.reader.SpecReader;
import io.wizzie.wcs.ami.guest.Commands;
import io.wizzie.wcs.ami.localregion.engine.ContainerEngine;
import io.wizzie.wcs.ami.localregion.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stand-in against another chef-solo. With the project's own cookbooks it runs when one is
 * given: {@code make differential CHEF=…}. That differences are seen is shown with a small cookbook
 * and a stand-in that is wrong on purpose.
 */
class ChefDifferentialIT {
  private static final Path IGNORED =
      Path.of("src/test/resources/io/wizzie/wcs/ami/chef/differential/ignored-paths");
  private static final Path STAND_IN = Path.of("src/main/ruby/chef-stand-in");

  @TempDir static Path folder;

  private static ContainerEngine engine;
  private static String base;
  private static String address;

  @BeforeAll
  static void makeTheBaseImage() throws IOException, InterruptedException {
    String network = "wcs-ami-differential-" + ProcessHandle.current().pid();
    engine =
        ContainerEngine.open(
            new EngineSettings(
                folder.resolve("region"), network, null, null, Duration.ofSeconds(60)));
    base = engine.baseImages(null).ensure(false, System.err::println).imageRef();
    Commands.run("podman", "network", "create", "--disable-dns", network);
    String format = "{{(index .Subnets 0).Gateway}}";
    address =
        Commands.run("podman", "network", "inspect", "--format", format, network)
            .replaceFirst("\\.1$", ".20");
  }

  @AfterAll
  static void removeAll() {
    if (engine != null) {
      engine.reset();
    }
  }

  @Test
  void seesNoDifferenceOfTheStandInToItselfAndEveryOneOfAWrongOne()
      throws IOException, InterruptedException {
    BuildSpec spec = small();
    Convergence right = converge(new ChefSource.StandIn(), spec, folder.resolve("right"));
    Convergence again = converge(new ChefSource.StandIn(), spec, folder.resolve("again"));
    Convergence wrong = converge(ChefSource.at(wrongStandIn()), spec, folder.resolve("wrong"));

    Comparison same = Comparison.of(right, again, IgnoredPaths.read(IGNORED));
    assertThat(same.differences()).isEmpty();
    assertThat(same.notIdempotent()).isEmpty();
    assertThat(right.changes()).containsKeys("/etc/one", "/etc/two", "/etc/three", "/etc/boot");

    Comparison different = Comparison.of(right, wrong, IgnoredPaths.read(IGNORED));
    assertThat(different.differences())
        .hasSize(4)
        .anyMatch(text -> text.startsWith("/etc/one: ") && text.contains("\n    +wrong"))
        .anyMatch(text -> text.startsWith("/etc/two: f 640 ") && text.contains(" / f 600 "))
        .anyMatch(text -> text.startsWith("/etc/three: ") && text.contains("admin:admin"))
        .anyMatch(text -> text.startsWith("/etc/extra: as before / f "));
  }

  @Test
  void aSecondConvergeOfTheProjectsCookbooksUpdatesNothing()
      throws IOException, InterruptedException {
    Convergence standIn =
        converge(new ChefSource.StandIn(), shipped(), folder.resolve("idempotence"));

    assertThat(standIn.runs())
        .extracting(Convergence.Run::name)
        .contains("provision, second", "bootstrap, second", "address, second");
    for (Convergence.Run run : standIn.runs()) {
      assertThat(run.updated() == 0).as("%s", run).isEqualTo(run.name().endsWith("second"));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "wcs-ami.chef", matches = ".+")
  void theGivenChefMakesTheSameOfTheProjectsCookbooks() throws IOException, InterruptedException {
    Path results = Path.of("target/differential").toAbsolutePath();
    ChefSource given = ChefSource.at(Path.of(System.getProperty("wcs-ami.chef", "")));
    BuildSpec spec = shipped();
    Commands.run("rm", "-rf", results.toString());

    Convergence chef = converge(given, spec, results.resolve("chef"));
    Convergence standIn = converge(new ChefSource.StandIn(), spec, results.resolve("stand-in"));

    Comparison comparison = Comparison.of(chef, standIn, IgnoredPaths.read(IGNORED));
    Files.writeString(results.resolve("report.txt"), comparison.report());
    System.err.println(comparison.report());
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.notIdempotent()).isEmpty();
  }

  private static BuildSpec shipped() {
    return SpecReader.read(List.of(Path.of("config/wcs-ami.json")), List.of(), "local");
  }

  private static Convergence converge(ChefSource chef, BuildSpec spec, Path results)
      throws IOException, InterruptedException {
    return Convergence.of(chef, spec, engine, base, address, results);
  }

  /** Does what the stand-in does, and then some. */
  private static Path wrongStandIn() throws IOException, InterruptedException {
    Path wrong = folder.resolve("wrong-stand-in");
    Commands.run("cp", "-R", STAND_IN.toString(), wrong.toString());
    Files.move(wrong.resolve("bin/chef-solo"), wrong.resolve("bin/right"));
    Files.writeString(
        wrong.resolve("bin/chef-solo"),
        """
        #!/bin/sh
        ruby "$(dirname "$0")/right" "$@" || exit
        [ -e /etc/boot ] || exit 0
        grep -q wrong /etc/one || echo wrong >>/etc/one
        chmod 0600 /etc/two
        chown admin:admin /etc/three
        touch /etc/extra
        """);
    return wrong;
  }

  private static BuildSpec small() throws IOException {
    cookbook(
        "provision/files",
        """
        file '/etc/one' do
          content "one\\n"
          action :create_if_missing
        end
        file '/etc/two' do
          mode '0640'
          not_if { ::File.exist?('/etc/boot') }
        end
        file('/etc/three') { action :create_if_missing }
        """);
    cookbook("bootstrap/boot", "file('/etc/boot') { content node['hostname'] }\n");
    Path file =
        Files.writeString(
            folder.resolve("build.json"),
            """
            {
              "version": "1",
              "sourceImage": {"imageId": "ami-00000001"},
              "provision": {"cookbookPaths": ["provision"], "runList": ["recipe[files]"]},
              "bootstrap": {"cookbookPaths": ["bootstrap"], "runList": ["recipe[boot]"]},
            }
            """);
    return SpecReader.read(List.of(file), List.of(), "local");
  }

  private static void cookbook(String path, String recipe) throws IOException {
    Path cookbook = folder.resolve(path);
    Files.createDirectories(cookbook.resolve("recipes"));
    Files.writeString(
        cookbook.resolve("metadata.rb"),
        "name '" + cookbook.getFileName() + "'\nversion '1.0.0'\n");
    Files.writeString(cookbook.resolve("recipes/default.rb"), recipe);
  }
}
