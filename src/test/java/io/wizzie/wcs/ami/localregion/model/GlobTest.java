package io.wizzie.wcs.ami.localregion.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "abc abc true",
        "abc ABC false",
        "a?c abc true",
        "a?c ac false",
        "a*c ac true",
        "a*c abcbc true",
        "a*c abcb false",
        "*b*c* xbyycz true",
        "*b*c* xcb false",
        "* '' true",
        "'' '' true",
        "'' a false",
        "*** a true",
        "a\\*c a*c true",
        "a\\*c abc false",
        "a\\?c a?c true",
        "a\\\\c a\\c true",
        "a\\ a\\ true",
        "a.c abc false",
      })
  void filtersMatchAsInEc2(String pattern, String text, boolean matches) {
    assertThat(Glob.ofFilter(pattern).matches(text)).isEqualTo(matches);
  }

  @Test
  void namesMatchInAnyCase() {
    assertThat(Glob.ofName("EC2:describe*").matches("ec2:DescribeImages")).isTrue();
    assertThat(Glob.ofName("a\\*").matches("a\\b")).isTrue();
  }

  @Test
  void manyStarsTakeNoTime() {
    assertThat(Glob.ofFilter("*a".repeat(200) + "b").matches("a".repeat(20_000))).isFalse();
  }
}
