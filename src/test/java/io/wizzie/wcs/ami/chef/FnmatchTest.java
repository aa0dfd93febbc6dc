package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FnmatchTest {
  /** Each as Ruby 3.1's {@code File.fnmatch?} answers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '~',
      value = {
        "*.md docs/a.md true",
        "spec/* spec/unit/a.rb true",
        "a?b a/b true",
        "*x .x false",
        "[.]x .x false",
        "\\.x .x true",
        ".* .x true",
        "a/* a/.x true",
        "*~~ notes~~ true",
        "a*b*c axxbyyc true",
        "a*b*c axxbyy false",
        "*[z-a]* m false",
        "[z-a] z true",
        "[a-c]x bx true",
        "[!a-c]x bx false",
        "[^a]x bx true",
        "[!] a true",
        "[]a] a false",
        "[ab a false",
        "[ab [ab false",
        "[a-] - true",
        "[\\]] ] true",
        "[a\\-c] b false",
        "a\\ a\\ false",
        "a\\*b a*b true",
        "a\\*b axb false",
        "{a,b} a false",
        "ü? üb true"
      })
  void matchesAsRubyDoes(String pattern, String name, boolean matches) {
    assertThat(new Fnmatch(pattern).matches(name)).isEqualTo(matches);
  }
}
