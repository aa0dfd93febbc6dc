package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {
  private final List<String> lines = new ArrayList<>();
  private final OutputLines output = new OutputLines(lines::add);

  @Test
  void handsOnEachLineWithoutItsEnd() {
    write("one\ntwo\n\nfour\n");
    assertThat(lines).containsExactly("one", "two", "", "four");
  }

  @Test
  void joinsALineThatComesInPieces() {
    write("o");
    write("ne");
    assertThat(lines).isEmpty();
    write("\n");
    assertThat(lines).containsExactly("one");
  }

  @Test
  void handsOnWhatIsLeftAtTheEnd() {
    write("one\nprompt> ");
    output.end();
    output.end();
    assertThat(lines).containsExactly("one", "prompt> ");
  }

  @Test
  void takesCarriageReturnAndNewlineForOneEnd() {
    write("one\r\n\r\ntwo\r\r\nthree\r");
    write("\nfour");
    output.end();
    assertThat(lines).containsExactly("one", "", "two", "three", "four");
  }

  @Test
  void showsEachStateOfAProgressBar() {
    write("\r 10%\r 50%\r100%\ndone\n");
    assertThat(lines).containsExactly(" 10%", " 50%", "100%", "done");
  }

  @Test
  void joinsACharacterThatComesInPieces() {
    byte[] bytes = "año €\n".getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      output.write(new byte[] {b});
    }
    assertThat(lines).containsExactly("año €");
  }

  @Test
  void cutsALineWithoutEndBetweenCharacters() {
    // Three bytes each: 8192 is not a multiple.
    write("€".repeat(4000) + "\n");
    assertThat(lines).hasSize(2);
    assertThat(String.join("", lines)).isEqualTo("€".repeat(4000));
  }

  @Test
  void addsNoEmptyLineAfterOneOfExactlyTheBound() {
    write("x".repeat(OutputLines.MAX_LINE) + "\nnext\n");
    assertThat(lines).containsExactly("x".repeat(OutputLines.MAX_LINE), "next");
  }

  @Test
  void survivesBytesThatAreNotText() {
    byte[] bytes = new byte[3 * OutputLines.MAX_LINE];
    Arrays.fill(bytes, (byte) 0x80);
    output.write(bytes);
    output.end();
    assertThat(lines).hasSize(3);
  }

  private void write(String text) {
    output.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
