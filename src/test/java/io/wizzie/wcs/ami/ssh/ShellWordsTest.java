package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  @Test
  void aShellReadsEveryTextBackAsItWas() throws Exception {
    Random random = new Random(11);
    String hostile = "abZ09'\"\\$`;&|<>(){}[]*?~#! \t\n\r-=%^:,./é\u0001\u007f";
    for (int i = 0; i < 60; i++) {
      List<String> words = new ArrayList<>();
      for (int word = 0; word < 20; word++) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
          text.append(hostile.charAt(random.nextInt(hostile.length())));
        }
        words.add(text.toString());
      }
      String script = "printf '%s\\037' " + ShellWords.join(words);

      Process shell = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true).start();
      String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(read).isEqualTo(String.join("\037", words) + "\037");
    }
  }

  @Test
  void leavesPlainWordsAsTheyAre() {
    assertThat(ShellWords.quote("/opt/cinc/bin/chef-solo")).isEqualTo("/opt/cinc/bin/chef-solo");
  }

  @Test
  void quotesWhatTheShellWouldTakeApart() {
    assertThat(ShellWords.join(List.of("echo", "", "a b", "$HOME", "it's", "~", "x\ny")))
        .isEqualTo("echo '' 'a b' '$HOME' 'it'\\''s' '~' 'x\ny'");
  }
}
