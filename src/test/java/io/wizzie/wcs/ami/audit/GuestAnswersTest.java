package io.wizzie.wcs.ami.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.audit.Check.Place;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.guest.ScriptedShell;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GuestAnswersTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

  /** Every check of the guest has looked, and these lines besides. */
  private static AuditReport parse(String... lines) {
    String looked =
        Arrays.stream(Check.values())
            .filter(check -> check.place() == Place.GUEST)
            .map(check -> "{\"check\": \"" + check.id() + "\", \"looked\": \"all\"}")
            .collect(Collectors.joining("\n"));
    return new GuestAnswers(CLOCK, false).parse(looked + "\n" + String.join("\n", lines));
  }

  @Test
  void readsFindings() {
    AuditReport report =
        parse(
            "{\"check\": \"env-files\", \"found\": \"gives X\", \"path\": \"/a/.env\", \"line\": 3,"
                + " \"severity\": null}",
            "{\"check\": \"passwords\", \"found\": \"y\", \"path\": null, \"line\": 0}");

    assertThat(report.findings())
        .containsExactly(
            Finding.of(Check.PASSWORDS, null, "y"),
            new Finding(Check.ENV_FILES, Severity.ERROR, "/a/.env", 3, "gives X", null));
    assertThat(report.findings().get(1).describe()).isEqualTo("env-files: /a/.env:3 gives X");
    assertThat(report.passed()).isFalse();
    assertThat(report.summary()).isEqualTo("19 checks, 2 errors");
  }

  @Test
  void takesACheckThatBrokeForAnError() {
    AuditReport report = parse("{\"check\": \"passwords\", \"broken\": \"KeyError: 'x'\"}");

    assertThat(report.errors())
        .singleElement()
        .satisfies(each -> assertThat(each.message()).contains("could not be checked", "KeyError"));
    assertThat(report.unasked()).hasSize(1);
  }

  @Test
  void takesACheckOfWhichNothingWasHeardForAnError() {
    assertThat(new GuestAnswers(CLOCK, true).parse("").errors()).hasSize(24);
  }

  @Test
  void doesNotTakeWhatCanNotBeAskedForAnError() {
    AuditReport report = parse("{\"check\": \"security-updates\", \"unasked\": \"offline\"}");

    assertThat(report.passed()).isTrue();
    assertThat(report.unasked())
        .containsExactly(Examined.unasked(Check.SECURITY_UPDATES, "offline"));
    assertThat(report.summary()).isEqualTo("18 checks, 1 could not be made");
  }

  @Test
  void judgesTheSystemByItsEnd() {
    assertThat(system("ubuntu", "18.04").get(0).severity()).isEqualTo(Severity.ERROR);
    assertThat(system("ubuntu", "24.04")).isEmpty();
    assertThat(system("plan9", "4").get(0).severity()).isEqualTo(Severity.WARNING);
  }

  private static List<Finding> system(String id, String version) {
    return parse(
            "{\"system\": \"%s\", \"version\": \"%s\", \"name\": \"It\"}".formatted(id, version))
        .findings();
  }

  @Test
  void tellsAgeAndBaseOfContainerImages() {
    AuditReport report =
        parse(
            "{\"image\": \"a/druid:1\", \"created\": \"2026-11-02T12:00:00.123456789Z\", \"label\":"
                + " \"\", \"system\": \"debian\", \"version\": \"9\", \"name\": \"Debian 9\"}",
            "{\"image\": \"a/x:1\", \"created\": \"\", \"label\": \"scratch\", \"system\": \"\","
                + " \"version\": \"\", \"name\": \"\"}");

    assertThat(report.findings())
        .extracting(each -> each.severity() + " " + each.path() + " " + each.message())
        .containsExactly(
            "WARNING a/druid:1 is 19 days old (2026-11-02), base Debian 9, without security updates"
                + " since 2022-06-30",
            "NOTE a/x:1 is of unknown age, base scratch");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThatThrownBy(() -> parse("Traceback"))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("Traceback");
    assertThatThrownBy(() -> parse("{\"check\": \"new\", \"looked\": \"\"}"))
        .isInstanceOf(BuildException.class);
  }

  @Test
  void aGuestWithoutPythonIsAFailureAndNotAPass() {
    ScriptedShell shell = new ScriptedShell().on("python3", 127, "", "python3: not found");

    assertThatThrownBy(
            () -> new GuestAudit(CLOCK, Duration.ofMinutes(5)).beforeCleaning(shell, List.of()))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("python3: not found");
  }

  @Test
  void aLoginUserWithoutSudoIsAFinding() {
    ScriptedShell shell = new ScriptedShell().on("sudo -n true", 1, "", "a password is required");

    AuditReport report = new GuestAudit(CLOCK, Duration.ofMinutes(5)).launched(shell);

    assertThat(report.errors()).extracting(Finding::check).containsExactly(Check.LOGIN_SUDO);
    assertThat(report.unasked()).hasSize(24);
  }
}
