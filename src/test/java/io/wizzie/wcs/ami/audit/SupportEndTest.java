package io.wizzie.wcs.ami.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportEndTest {
  @ParameterizedTest
  @CsvSource({
    "ubuntu, 18.04, 2026-11-22, ERROR",
    "ubuntu, 24.04, 2026-11-22,",
    "ubuntu, 22.04, 2027-06-01, WARNING",
    "ubuntu, 22.04, 2027-06-02, ERROR",
    "debian, 12, 2026-11-22,",
    "debian, 12, 2028-06-30, WARNING",
    "debian, 12, 2028-07-01, ERROR",
    "alpine, 3.7.3, 2026-11-22, ERROR",
    "alpine, 3.22.1, 2026-11-01,",
  })
  void judgesByTheDay(String id, String version, String day, @Nullable Severity severity) {
    SupportEnd end = SupportEnd.of(id, version);

    assertThat(end).isNotNull();
    assertThat(end.severityAt(Instant.parse(day + "T12:00:00Z"))).isEqualTo(severity);
  }

  @Test
  void saysWhatItDoesNotKnow() {
    assertThat(SupportEnd.of("plan9", "4")).isNull();
    assertThat(SupportEnd.of("alpine", "edge")).isNull();
    assertThat(SupportEnd.of("alpine", "3.99.1")).isNull();
  }
}
