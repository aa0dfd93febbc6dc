package io.wizzie.wcs.ami.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NameTemplateTest {
  private static final NameTemplate TEMPLATE =
      new NameTemplate(Instant.parse("2026-03-04T05:06:07.89Z"), "1.1.0", "b-42");

  @Test
  void fillsInEveryPlaceholder() {
    assertThat(TEMPLATE.render("wcs-{version}-{timestamp} ({build-id}/{version})"))
        .isEqualTo("wcs-1.1.0-20260304050607 (b-42/1.1.0)");
  }

  @Test
  void takesValuesAsTheyAre() {
    assertThat(new NameTemplate(Instant.EPOCH, "$1 {timestamp} \\", "").render("{version}"))
        .isEqualTo("$1 {timestamp} \\");
  }

  @Test
  void leavesBracesAloneThatNameNothing() {
    assertThat(TEMPLATE.render("{\"a\": {}} { version }")).isEqualTo("{\"a\": {}} { version }");
    assertThat(NameTemplate.problemWith("{\"a\": {}} { version }")).isNull();
  }

  @Test
  void refusesAPlaceholderWithoutAValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TEMPLATE.render("{date}"))
        .withMessage("No value for the placeholder {date}");
  }

  @Test
  void knowsWhichPlaceholderWasMeant() {
    assertThat(NameTemplate.problemWith("wcs-{buildId}"))
        .isEqualTo("has the unknown placeholder {buildId}; did you mean {build-id}?");
    assertThat(NameTemplate.problemWith("wcs-{x}"))
        .isEqualTo(
            "has the unknown placeholder {x}; there are {timestamp}, {version}, {build-id}.");
    assertThat(NameTemplate.problemWith("wcs-{{timestamp}}"))
        .isEqualTo("has Packer's {{timestamp}}; write one of {timestamp}, {version}, {build-id}.");
  }
}
