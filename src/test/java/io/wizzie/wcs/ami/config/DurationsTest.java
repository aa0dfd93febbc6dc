package io.wizzie.wcs.ami.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wizzie.wcs.ami.base.DurationText;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @Test
  void readsDaysHoursMinutesAndSeconds() {
    assertThat(DurationText.parse("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(DurationText.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(DurationText.parse("1d1s")).isEqualTo(Duration.ofSeconds(86_401));
  }

  @Test
  void writesWhatItReads() {
    assertThat(DurationText.of(Duration.ofSeconds(93_784))).isEqualTo("1d2h3m4s");
    assertThat(DurationText.of(Duration.ofSeconds(90))).isEqualTo("1m30s");
    assertThat(DurationText.of(Duration.ZERO)).isEqualTo("0s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 m", "5min", "30m1h", "-5m", "1.5h", "PT5M", "1000000000s"})
  void refusesOtherForms(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse(text))
        .withMessage("Not a duration: " + text);
    assertThat(TextRule.duration("1s", "1h", "5m").problemWith(text))
        .isEqualTo(
            "is not a duration; write numbers with d, h, m or s, in this order, such as \"5m\".");
  }

  @Test
  void knowsItsBounds() {
    TextRule rule = TextRule.duration("10s", "1h", "5m");
    assertThat(rule.problemWith("10s")).isNull();
    assertThat(rule.problemWith("60m")).isNull();
    assertThat(rule.problemWith("9s")).isEqualTo("is too short; write at least 10s.");
    assertThat(rule.problemWith("1h1s")).isEqualTo("is too long; write at most 1h.");
  }
}
