package io.wizzie.wcs.ami.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Parsing, printing and the process never mix. */
class LayersTest {
  private static final String CLI = "io.wizzie.wcs.ami.cli";
  private static final JavaClasses COMMAND_LINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(CLI);

  @Test
  void eachPackageKnowsOnlyThoseBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("wiring")
        .definedBy(CLI)
        .layer("command")
        .definedBy(CLI + ".command")
        .layer("option")
        .definedBy(CLI + ".option")
        .layer("report")
        .definedBy(CLI + ".report")
        .layer("terminal")
        .definedBy(CLI + ".terminal")
        .whereLayer("wiring")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("command")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("option")
        .mayOnlyBeAccessedByLayers("wiring", "command")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("wiring", "command")
        .whereLayer("terminal")
        .mayOnlyBeAccessedByLayers("wiring", "command", "option", "report")
        .check(COMMAND_LINE);
  }

  @Test
  void onlyTheWiringAndTheTerminalKnowTheProcessAndTheSdk() {
    noClasses()
        .that()
        .resideInAnyPackage(CLI + ".command", CLI + ".option", CLI + ".report")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon.awssdk..", "org.apache.sshd..", "sun..")
        .check(COMMAND_LINE);
  }

  @Test
  void neitherReportNorTerminalParses() {
    noClasses()
        .that()
        .resideInAnyPackage(CLI + ".report", CLI + ".terminal")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(COMMAND_LINE);
  }

  @Test
  void nobodyKnowsTheSdksModels() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk.services..model..")
        .check(COMMAND_LINE);
  }

  @Test
  void onlyMainTouchesTheStreamsAndTheExitOfTheProcess() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Main.class)
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "getenv")
        .check(COMMAND_LINE);
  }
}
