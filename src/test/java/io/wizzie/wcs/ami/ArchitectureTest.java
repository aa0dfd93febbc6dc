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
                "spec",
                "event",
                "ssh",
                "chef",
                "cloudinit",
                "ec2",
                "build",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "local"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "spec",
            own(
                "event",
                "ssh",
                "chef",
                "cloudinit",
                "ec2",
                "build",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "local"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "event",
            own(
                "base",
                "spec",
                "ssh",
                "chef",
                "cloudinit",
                "ec2",
                "build",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "local"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "ssh",
            own(
                "spec",
                "chef",
                "cloudinit",
                "ec2",
                "build",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "local"),
            AWS,
            PICOCLI),
        rule(
            "chef",
            own(
                "cloudinit",
                "ec2",
                "build",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "local"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "cloudinit",
            own(
                "chef",
                "ec2",
                "build",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "local"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "ec2",
            own(
                "ssh",
                "chef",
                "cloudinit",
                "build",
                "publish",
                "inventory",
                "history",
                "journal",
                "cli",
                "local"),
            PICOCLI,
            SSHD),
        rule(
            "journal",
            own(
                "ssh",
                "chef",
                "cloudinit",
                "ec2",
                "build",
                "publish",
                "inventory",
                "history",
                "cli",
                "local"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "publish",
            own(
                "event",
                "ssh",
                "chef",
                "cloudinit",
                "build",
                "inventory",
                "history",
                "journal",
                "cli",
                "local"),
            PICOCLI,
            SSHD),
        rule(
            "inventory",
            own(
                "spec",
                "event",
                "chef",
                "cloudinit",
                "ec2",
                "build",
                "publish",
                "history",
                "journal",
                "cli",
                "local"),
            AWS,
            PICOCLI,
            SSHD),
        rule(
            "history",
            own(
                "spec",
                "event",
                "ssh",
                "chef",
                "cloudinit",
                "ec2",
                "build",
                "publish",
                "inventory",
                "journal",
                "cli",
                "local"),
            AWS,
            PICOCLI,
            SSHD),
        rule("build", own("cli", "local", "history"), PICOCLI, SSHD),
        rule(
            "local",
            own(
                "spec",
                "ssh",
                "chef",
                "cloudinit",
                "ec2",
                "build",
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
