package io.wizzie.wcs.ami;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may know which: the table in the README, as rules. */
class ArchitectureTest {
  private static final String ROOT = "io.wizzie.wcs.ami";
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  private static final String AWS = "software.amazon.awssdk..";
  private static final String PICOCLI = "picocli..";
  private static final String SSHD = "org.apache.sshd..";

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PROGRAM);
  }

  @TestFactory
  Stream<DynamicTest> packagesDoNotKnow() {
    return Stream.of(
        rule(
            "base",
            own(
                "verify",
                "config",
                "event",
                "ssh",
                "chef",
                "cloudinit",
                "audit",
                "ec2",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "localregion"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "config",
            own(
                "verify",
                "event",
                "ssh",
                "chef",
                "cloudinit",
                "audit",
                "ec2",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "localregion"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "event",
            own(
                "verify",
                "config",
                "ssh",
                "chef",
                "cloudinit",
                "audit",
                "ec2",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "localregion"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "ssh",
            own(
                "verify",
                "config",
                "chef",
                "cloudinit",
                "audit",
                "ec2",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "localregion"),
            AWS,
            PICOCLI),
        rule(
            "chef",
            own(
                "verify",
                "cloudinit",
                "audit",
                "ec2",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "localregion"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "cloudinit",
            own(
                "verify",
                "chef",
                "audit",
                "ec2",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "localregion"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "ec2",
            own(
                "verify",
                "ssh",
                "chef",
                "cloudinit",
                "audit",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "localregion"),
            PICOCLI,
            SSHD),
        rule(
            "journal",
            own(
                "verify",
                "ssh",
                "chef",
                "cloudinit",
                "audit",
                "ec2",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "cli",
                "localregion"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "verify",
            own(
                "audit",
                "chef",
                "cloudinit",
                "ec2",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "localregion"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "publish",
            own(
                "verify",
                "event",
                "ssh",
                "chef",
                "cloudinit",
                "audit",
                "pipeline",
                "inventory",
                "history",
                "journal",
                "cli",
                "localregion"),
            PICOCLI,
            SSHD),
        rule(
            "inventory",
            own(
                "verify",
                "config",
                "event",
                "chef",
                "cloudinit",
                "audit",
                "ec2",
                "pipeline",
                "publish",
                "history",
                "journal",
                "cli",
                "localregion"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "history",
            own(
                "verify",
                "config",
                "event",
                "ssh",
                "chef",
                "cloudinit",
                "audit",
                "ec2",
                "pipeline",
                "publish",
                "inventory",
                "journal",
                "cli",
                "localregion"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "audit",
            own(
                "verify",
                "chef",
                "cloudinit",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "localregion"),
            AWS,
            PICOCLI,
            SSHD),
        rule("pipeline", own("cli", "localregion", "history"), PICOCLI, SSHD),
        rule(
            "localregion",
            own(
                "verify",
                "config",
                "ssh",
                "chef",
                "cloudinit",
                "audit",
                "ec2",
                "pipeline",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli"),
            PICOCLI,
            SSHD));
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

  private static String[] own(String... names) {
    return Arrays.stream(names).map(name -> ROOT + "." + name + "..").toArray(String[]::new);
  }

  private static DynamicTest rule(String name, String[] own, String... others) {
    String[] forbidden =
        Stream.concat(Arrays.stream(own), Arrays.stream(others)).toArray(String[]::new);
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(ROOT + "." + name + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden);
    return DynamicTest.dynamicTest(name, () -> rule.check(PROGRAM));
  }
}
