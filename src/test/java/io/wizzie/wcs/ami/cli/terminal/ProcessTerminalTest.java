package io.wizzie.wcs.ami.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProcessTerminalTest {
  @Test
  @Timeout(30)
  void doesNotWaitForACommandThatDoesNotEnd() {
    assertThat(ProcessTerminal.answer(new ProcessBuilder("sleep", "300"))).isNull();
  }

  @Test
  void readsWhatACommandPrinted() {
    assertThat(ProcessTerminal.answer(new ProcessBuilder("echo", "24 80"))).isEqualTo("24 80\n");
    assertThat(ProcessTerminal.answer(new ProcessBuilder("false"))).isNull();
  }
}
