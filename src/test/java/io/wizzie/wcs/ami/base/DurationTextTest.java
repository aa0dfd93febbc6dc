package io.wizzie.wcs.ami.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0s, 0s",
    "-5, 0.0s, 0s",
    "49, 0.0s, 0s",
    "3240, 3.2s, 3s",
    "59949, 59.9s, 1m00s",
    "59950, 1m00s, 1m00s",
    "72000, 1m12s, 1m12s",
    "3599499, 59m59s, 59m59s",
    "3600000, 1h00m, 1h00m",
    "93784000, 26h03m, 26h03m"
  })
  void readsLikeAStopwatch(long millis, String finished, String running) {
    assertThat(DurationText.elapsed(Duration.ofMillis(millis))).isEqualTo(finished);
    assertThat(DurationText.running(Duration.ofMillis(millis))).isEqualTo(running);
  }

  @Test
  void writesADurationAsTheConfigurationDoes() {
    assertThat(DurationText.of(Duration.ofMillis(800))).isEqualTo("800ms");
    assertThat(DurationText.of(Duration.ofSeconds(298))).isEqualTo("4m58s");
    assertThat(DurationText.of(Duration.ofHours(26))).isEqualTo("1d2h");
    assertThat(DurationText.spoken(Duration.ofSeconds(90))).isEqualTo("90 s");
    assertThat(DurationText.spoken(Duration.ofMinutes(10))).isEqualTo("10 min");
  }
}
