package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TailBufferTest {
  @Test
  void keepsAllThatFits() {
    TailBuffer tail = new TailBuffer(5000);
    for (int i = 0; i < 50; i++) {
      write(tail, "%0100d".formatted(i));
    }
    assertThat(tail.text()).hasSize(5000).startsWith("000").endsWith("0049");
  }

  @Test
  void dropsTheOldest() {
    TailBuffer tail = new TailBuffer(5);
    write(tail, "abc");
    write(tail, "def");
    assertThat(tail.text()).isEqualTo("bcdef");
    write(tail, "0123456789");
    assertThat(tail.text()).isEqualTo("56789");
    write(tail, "x");
    assertThat(tail.text()).isEqualTo("6789x");
  }

  @Test
  void keepsTheSameAsAStringWould() {
    TailBuffer tail = new TailBuffer(2500);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      String piece = String.valueOf(i).repeat(i % 17);
      all.append(piece);
      write(tail, piece);
    }
    assertThat(tail.text()).isEqualTo(all.substring(all.length() - 2500));
  }

  @Test
  void doesNotBeginWithinACharacter() {
    TailBuffer tail = new TailBuffer(7);
    write(tail, "€€€");
    assertThat(tail.text()).isEqualTo("€€");
  }

  private static void write(TailBuffer tail, String text) {
    tail.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
