package io.wizzie.wcs.ami.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.AuditSpec;
import io.wizzie.wcs.ami.config.AuditSpec.Waiver;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Waivers, and a report's forms. */
class ReportTest {
  private static final Finding KEY =
      new Finding(Check.PRIVATE_KEYS, Severity.ERROR, "/opt/a demo/k.pem", 2, "holds a key", null);
  private static final Finding PASSWORD = Finding.of(Check.PASSWORDS, null, "a password");
  private static final AuditReport REPORT =
      new AuditReport(
          List.of(
              Examined.looked(Check.PRIVATE_KEYS, "3 files"),
              Examined.looked(Check.PASSWORDS, "2 accounts"),
              Examined.unasked(Check.SECURITY_UPDATES, "offline")),
          List.of(KEY, PASSWORD, Finding.of(Check.AMI_REGION, "ami-1", "is in eu-west-1")));

  private static AuditReport waive(String check, @Nullable String path) {
    return new Waivers(new AuditSpec(List.of(new Waiver(check, path, "A demo's")))).apply(REPORT);
  }

  @Test
  void aWaiverIsForItsCheckAndPathOnly() {
    assertThat(waive("private-keys", null).errors()).containsExactly(PASSWORD);
    assertThat(waive("private-keys", "/opt/a demo/k.pem").errors()).containsExactly(PASSWORD);
    assertThat(waive("private-keys", "/opt/**").errors()).containsExactly(PASSWORD);
    assertThat(waive("private-keys", "/opt/*").errors()).hasSize(2);
    assertThat(waive("passwords", "/etc/shadow").errors()).hasSize(2);
    assertThat(waive("tokens", null).errors()).hasSize(2);
    assertThat(waive("private-keys", null).waived()).containsExactly(KEY.waived("A demo's"));
  }

  @Test
  void tellsOfWaiversThatAreNotNeeded() {
    Waivers waivers =
        new Waivers(
            new AuditSpec(
                List.of(
                    new Waiver("private-keys", "/x", "r"),
                    new Waiver("passwords", null, "r"),
                    new Waiver("ami-ena", null, "r"))));

    assertThat(waivers.idle(REPORT))
        .containsExactly(
            "The waiver of private-keys for /x is not needed: nothing such was found.");
  }

  @Test
  void namesEachErrorWithItsRemedy() {
    AuditReport.empty().requirePassed("nothing");
    assertThatThrownBy(() -> REPORT.requirePassed("the guest"))
        .isInstanceOfSatisfying(
            BuildException.class,
            failure -> {
              assertThat(failure.category()).isEqualTo(Category.CHECK);
              assertThat(failure)
                  .hasMessageContaining("2 errors")
                  .hasMessageContaining("private-keys: /opt/a demo/k.pem:2 holds a key")
                  .hasMessageContaining(Check.PASSWORDS.remedy())
                  .hasMessageContaining("audit.waivers");
            });
  }

  @Test
  void putsTheGravestFirst() {
    assertThat(REPORT.findings())
        .extracting(Finding::check)
        .containsExactly(Check.PASSWORDS, Check.PRIVATE_KEYS, Check.AMI_REGION);
    assertThat(REPORT.summary()).isEqualTo("2 checks, 2 errors, 1 warning, 1 could not be made");
  }

  @Test
  void isWrittenAsOneObject() {
    JsonNode document = ReportDocument.of(waive("private-keys", null));

    assertThat(document.path("passed").asBoolean(true)).isFalse();
    assertThat(document.path("checks").path(2).path("unasked").asText()).isEqualTo("offline");
    JsonNode finding = document.path("findings").path(1);
    assertThat(finding.path("check").asText()).isEqualTo("private-keys");
    assertThat(finding.path("severity").asText()).isEqualTo("error");
    assertThat(finding.path("line").asInt()).isEqualTo(2);
    assertThat(finding.path("waived").asText()).isEqualTo("A demo's");
    assertThat(document.path("findings").path(0).path("waived").isNull()).isTrue();
  }

  @Test
  void isWrittenAsSarif() {
    JsonNode log = SarifDocument.of(waive("private-keys", null), "ami-1", "1.0.0");

    assertThat(log.path("version").asText()).isEqualTo("2.1.0");
    JsonNode run = log.path("runs").path(0);
    assertThat(run.at("/tool/driver/rules").findValuesAsText("id"))
        .containsExactlyElementsOf(Arrays.stream(Check.values()).map(Check::id).toList());
    assertThat(run.at("/invocations/0/toolExecutionNotifications/0/associatedRule/id").asText())
        .isEqualTo("security-updates");
    JsonNode key = run.path("results").path(1);
    assertThat(key.path("ruleId").asText()).isEqualTo("private-keys");
    assertThat(key.path("level").asText()).isEqualTo("error");
    assertThat(key.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("file:///opt/a%20demo/k.pem");
    assertThat(key.at("/locations/0/physicalLocation/region/startLine").asInt()).isEqualTo(2);
    assertThat(key.at("/suppressions/0/justification").asText()).isEqualTo("A demo's");
    JsonNode password = run.path("results").path(0);
    assertThat(password.at("/locations/0").has("physicalLocation")).isFalse();
    assertThat(password.at("/locations/0/logicalLocations/0/fullyQualifiedName").asText())
        .isEqualTo("ami-1");
    assertThat(password.has("suppressions")).isFalse();
  }
}
