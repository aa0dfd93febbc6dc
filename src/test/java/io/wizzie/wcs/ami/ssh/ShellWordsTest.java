package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
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
