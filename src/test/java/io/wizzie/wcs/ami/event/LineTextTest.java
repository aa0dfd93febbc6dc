package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTextTest {
  @Test
  void takesTerminalEscapesOutOfWhatAGuestPrints() {
    assertThat(LineText.plain("\u001b[32m  - install\u001b[0m")).isEqualTo("  - install");
    assertThat(LineText.plain("\u001b]0;owned\u0007title")).isEqualTo("title");
    assertThat(LineText.plain("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\"))
        .isEqualTo("link");
    assertThat(LineText.plain("up\u001b[2Aand\u001b[Jgone")).isEqualTo("upandgone");
    assertThat(LineText.plain("\u001bcreset")).isEqualTo("reset");
    assertThat(LineText.plain("a\u0000\u0008\r\u0085b")).isEqualTo("ab");
    assertThat(LineText.plain("right\u202eto left")).isEqualTo("rightto left");
    assertThat(LineText.plain("tab\there  ")).isEqualTo("tab  here");
    assertThat(LineText.plain("cut off \u001b")).isEqualTo("cut off");
  }

  @Test
  void cutsToTheColumnsThatTheTextTakes() {
    assertThat(LineText.fit("abcdef", 6, "…")).isEqualTo("abcdef");
    assertThat(LineText.fit("abcdefg", 6, "…")).isEqualTo("abcde…");
    assertThat(LineText.fit("日本語", 6, "…")).isEqualTo("日本語");
    assertThat(LineText.fit("日本語", 5, "…")).isEqualTo("日本…");
    assertThat(LineText.fit("日本語", 4, "…")).isEqualTo("日…");
    assertThat(LineText.fit("e\u0301e\u0301", 2, "…")).isEqualTo("e\u0301e\u0301");
    assertThat(LineText.fit("abc", 0, "…")).isEmpty();
    assertThat(LineText.fit("abc", -3, "…")).isEmpty();
  }
}
