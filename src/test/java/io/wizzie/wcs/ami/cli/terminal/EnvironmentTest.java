package io.wizzie.wcs.ami.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.cli.command.CommandLineRun;
import io.wizzie.wcs.ami.cli.terminal.Environment.Stream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  private final CommandLineRun process = new CommandLineRun(Path.of("/work-folder"));

  @ParameterizedTest
  @CsvSource({
    // terminal, TERM, NO_COLOR, CI; redraws, colours
    "true, xterm, , , true, true",
    "true, xterm, , false, true, true",
    "true, xterm, 1, , true, false",
    "true, xterm, , true, false, false",
    "true, dumb, , , false, false",
    "true, , , , false, false",
    "false, xterm, , , false, false",
  })
  void redrawsAndColoursOnlyWhereThatIsWanted(
      boolean terminal, String term, String noColor, String ci, boolean redraws, boolean colours) {
    if (terminal) {
      process.terminals.add(Stream.STDERR);
    }
    process.variables.put("TERM", term == null ? "" : term);
    process.variables.put("NO_COLOR", noColor == null ? "" : noColor);
    process.variables.put("CI", ci == null ? "" : ci);

    assertThat(process.environment().redraws(Stream.STDERR)).isEqualTo(redraws);
    assertThat(process.environment().colours(Stream.STDERR)).isEqualTo(colours);
    assertThat(process.environment().redraws(Stream.STDOUT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"GITHUB_ACTIONS, true", "GITLAB_CI, true", "JENKINS_URL, http://ci.example/"})
  void movesNoCursorInACiJobThatHasATerminal(String name, String value) {
    process.terminals.add(Stream.STDERR);
    process.variables.put("TERM", "xterm-256color");
    process.variables.put(name, value);

    assertThat(process.environment().redraws(Stream.STDERR)).isFalse();
    assertThat(process.environment().colours(Stream.STDERR)).isFalse();

    process.variables.put("FORCE_COLOR", "1");
    assertThat(process.environment().redraws(Stream.STDERR)).isFalse();
    assertThat(process.environment().colours(Stream.STDERR)).isTrue();

    process.variables.put("NO_COLOR", "1");
    assertThat(process.environment().colours(Stream.STDERR)).isFalse();
  }

  @Test
  void believesTheLocaleAboutItsCharacters() {
    assertThat(process.environment().unicode()).isFalse();
    process.variables.put("LANG", "de_DE.UTF-8");
    assertThat(process.environment().unicode()).isTrue();
    process.variables.put("LC_ALL", "C");
    assertThat(process.environment().unicode()).isFalse();
    process.variables.put("LC_ALL", "C.utf8");
    assertThat(process.environment().unicode()).isTrue();
  }

  @Test
  void asksTheTerminalForItsWidthUnlessColumnsIsSet() {
    assertThat(process.environment().columns()).isEqualTo(80);
    process.terminals.add(Stream.STDERR);
    assertThat(process.environment().columns()).isEqualTo(72);
    process.variables.put("COLUMNS", "120");
    assertThat(process.environment().columns()).isEqualTo(120);
    process.variables.put("COLUMNS", "-1");
    assertThat(process.environment().columns()).isEqualTo(72);
  }
}
