package io.wizzie.wcs.ami;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which package may know which, sub-packages included: all that is not listed is forbidden. */
class ArchitectureTest {
  private static final String ROOT = "io.wizzie.wcs.ami";
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /** What a package knows of the program, and of the libraries below {@link #LIBRARIES}. */
  private static final String ALLOWED =
      """
      base:
      config: base jackson
      config.reader: base config jackson
      event: base jackson
      history: base jackson
      journal: base jackson
      publish: base jackson
      ssh: base sshd
      inventory: base ssh jackson
      chef: base config event ssh jackson
      cloudinit: base config event ssh jackson yaml
      verify: base config event ssh jackson
      ec2.client: base config config.reader aws
      ec2: base config config.reader ec2.client aws
      audit: base config ec2 ssh jackson
      pipeline.result: base config event journal ec2 chef cloudinit audit inventory publish verify jackson
      pipeline.recovery: pipeline.result base config config.reader event journal ec2 ec2.client ssh chef cloudinit audit inventory jackson
      pipeline: pipeline.recovery pipeline.result base config config.reader event journal ec2 ec2.client ssh chef cloudinit audit inventory verify
      localregion.model: base jackson
      localregion.query: base localregion.model aws
      localregion.state: base localregion.model jackson
      localregion.log: base localregion.query localregion.state jackson
      localregion.scenario: base localregion.model localregion.query localregion.state jackson
      localregion.engine: base localregion.model jackson
      localregion.action: base localregion.model localregion.query localregion.scenario localregion.state aws
      localregion: base localregion.model localregion.query localregion.scenario localregion.state localregion.log localregion.action
      cli.terminal: base
      cli.option: cli.terminal config event localregion.model picocli
      cli.report: cli.terminal base config config.reader event history ssh chef cloudinit audit verify ec2 ec2.client pipeline pipeline.recovery pipeline.result localregion.model localregion.log jackson
      cli.command: cli.terminal cli.option cli.report base config config.reader event history publish ec2 ec2.client pipeline pipeline.recovery pipeline.result localregion.model localregion.log localregion.scenario jackson picocli
      cli: cli.terminal cli.option cli.report cli.command base config config.reader event ssh ec2 ec2.client pipeline pipeline.recovery pipeline.result localregion localregion.model localregion.engine localregion.log localregion.scenario localregion.state jackson picocli
      """;

  private static final Map<String, String> LIBRARIES =
      Map.of(
          "aws", "software.amazon.awssdk.",
          "jackson", "com.fasterxml.jackson.",
          "picocli", "picocli.",
          "sshd", "org.apache.sshd.",
          "yaml", "org.yaml.snakeyaml.");

  @Test
  void packagesKnowWhatTheyMayAndNoListedOneIsUnused() {
    Set<String> known = new TreeSet<>();
    for (JavaClass each : PROGRAM) {
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        String from = named(each);
        String to = named(dependency.getTargetClass());
        if (!to.isEmpty() && !to.equals(from) && !each.getSimpleName().equals("package-info")) {
          known.add(from + " knows " + to);
        }
      }
    }

    assertThat(known).containsExactlyInAnyOrderElementsOf(allowed());
  }

  private static Set<String> allowed() {
    Set<String> allowed = new TreeSet<>();
    for (String line : ALLOWED.lines().toList()) {
      List<String> words = List.of(line.replace(":", "").split(" "));
      words.stream().skip(1).forEach(word -> allowed.add(words.get(0) + " knows " + word));
    }
    return allowed;
  }

  /** The package's or the library's name; empty for what everybody may know. */
  private static String named(JavaClass type) {
    String name = type.getPackageName();
    if (name.startsWith(ROOT + ".")) {
      return name.substring(ROOT.length() + 1);
    }
    return LIBRARIES.entrySet().stream()
        .filter(library -> name.concat(".").startsWith(library.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  @Test
  void noPackageKnowsAnotherInACircle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(PROGRAM);
  }

  @Test
  void onlyTheCommandLineTouchesTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(PROGRAM);
  }
}
