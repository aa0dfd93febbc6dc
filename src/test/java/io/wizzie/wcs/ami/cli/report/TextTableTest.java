package io.wizzie.wcs.ami.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void keepsEachRowOnALineWhereThePageIsWideEnough() {
    assertThat(table(29))
        .containsExactly("ID     FINDING", "ami-1  a key is in the image", "ami-2  none");
  }

  @Test
  void wrapsTheWidestColumnAtBlanks() {
    assertThat(table(18))
        .containsExactly("ID     FINDING", "ami-1  a key is in", "       the image", "ami-2  none");
  }

  @Test
  void breaksNoWordHoweverNarrowThePageIs() {
    assertThat(String.join(" ", table(5)).split(" +"))
        .containsExactlyInAnyOrder(
            "ID", "FINDING", "ami-1", "a", "key", "is", "in", "the", "image", "ami-2", "none");
  }

  private static List<String> table(int page) {
    return new TextTable(page, "ID", "FINDING")
        .row("ami-1", "a key is in the image")
        .row("ami-2", "none")
        .lines();
  }
}
