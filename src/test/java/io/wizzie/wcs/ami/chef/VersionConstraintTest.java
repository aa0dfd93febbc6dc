package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionConstraintTest {
  @ParameterizedTest
  @CsvSource({
    "'', 1.2.3, true",
    "1.2.3, 1.2.3, true",
    "= 1.2, 1.2.0, true",
    "= 1.2, 1.2.3, false",
    "> 1.2, 1.2.3, true",
    "< 1.2.3, 1.2.3, false",
    ">= 2.0, 1.9.9, false",
    "<= 2.0, 2.0.0, true",
    "~> 1.2, 1.9.0, true",
    "~> 1.2, 2.0.0, false",
    "~> 1.2.3, 1.2.9, true",
    "~> 1.2.3, 1.3.0, false",
    "~> 1.2.3, 1.2.2, false",
    "about 1, 1.0.0, false"
  })
  void admitsWhatChefAdmits(String constraint, String version, boolean admitted) {
    assertThat(VersionConstraint.admits(constraint, version)).isEqualTo(admitted);
  }
}
