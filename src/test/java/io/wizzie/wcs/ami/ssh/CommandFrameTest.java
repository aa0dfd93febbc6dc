package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CommandFrameTest {
  private static final String SENT =
      "noise wcs-ami-begin-x wcs-ami-begin-1\nout wcs-ami-end- wcs\nwcs-ami-end-1 42\nbye\n";

  private final CommandFrame frame = new CommandFrame("1");
  private final ByteArrayOutputStream inside = new ByteArrayOutputStream();
  private final CommandFrame.Stream stream = frame.stream(inside::writeBytes);

  @Property
  void findsTheMarksHoweverTheOutputArrives(@ForAll @IntRange(min = 1, max = 90) int size) {
    byte[] sent = SENT.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    CommandFrame.Stream pieces = frame.stream(output::writeBytes);
    for (int at = 0; at < sent.length; at += size) {
      pieces.write(java.util.Arrays.copyOfRange(sent, at, Math.min(sent.length, at + size)));
    }
    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("out wcs-ami-end- wcs\n");
    assertThat(pieces.exitCode()).isEqualTo(42);
    assertThat(pieces.before()).isEqualTo("noise wcs-ami-begin-x ");
  }

  @Test
  void handsOnWhatLooksLikeTheBeginningOfAMarkWhenNothingFollows() {
    write("wcs-ami-begin-1\nout wcs-ami-e");
    assertThat(inside.toString(StandardCharsets.UTF_8)).isEqualTo("out ");
    stream.end();
    assertThat(inside.toString(StandardCharsets.UTF_8)).isEqualTo("out wcs-ami-e");
    assertThat(stream.exitCode()).isNull();
  }

  @Test
  void keepsWhatIsSaidWithoutAFrame() {
    write("This account is not available.\nw");
    stream.end();
    assertThat(stream.begun()).isFalse();
    assertThat(stream.before()).isEqualTo("This account is not available.\nw");
    assertThat(inside.size()).isZero();
  }

  @Test
  void aShellThatShowsWhatItRunsDoesNotShowTheMarks() {
    assertThat(frame.around("echo 'it''s'"))
        .doesNotContain("wcs-ami-")
        .doesNotContain("\n", "\\", "!");
  }

  private void write(String text) {
    stream.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
