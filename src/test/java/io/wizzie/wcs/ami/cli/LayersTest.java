package io.wizzie.wcs.ami.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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
  void commandsKnowNeitherTheProcessNorTheSdk() {
    noClasses()
        .that()
        .resideInAnyPackage(CLI + ".command", CLI + ".report")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLI, "software.amazon.awssdk..", "org.apache.sshd..", "sun..")
        .check(COMMAND_LINE);
  }

  @Test
  void outputKnowsNoCommand() {
    noClasses()
        .that()
        .resideInAPackage(CLI + ".report")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLI + ".command", "picocli..")
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
