package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
  @Test
  void spellsDurationsAsTheConfigurationDoes() {
    assertThat(Durations.text(Duration.ofMillis(800))).isEqualTo("800ms");
    assertThat(Durations.text(Duration.ofSeconds(12))).isEqualTo("12s");
    assertThat(Durations.text(Duration.ofSeconds(298))).isEqualTo("4m58s");
    assertThat(Durations.text(Duration.ofMinutes(90))).isEqualTo("1h30m");
    assertThat(Durations.text(Duration.ofHours(26))).isEqualTo("26h");
  }
}
