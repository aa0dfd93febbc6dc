package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.PlainConsoleListener;
import io.wizzie.wcs.ami.event.Verbosity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoloOutputTest {
  private final SoloOutput output = new SoloOutput();

  @Test
  void countsTheResourcesOfTheLastRunOfChefAndCinc() {
    read("Chef Infra Client finished, 9/9 resources updated in 1 seconds");
    read("Infra Phase complete, 2/31 resources updated in 04 minutes 12 seconds");

    assertThat(output.updatedResources()).isEqualTo(2);
    assertThat(output.totalResources()).isEqualTo(31);
    assertThat(output.error()).isEmpty();
  }

  @Test
  void takesNoNumberOfAProgramForChefsCount() {
    read("99999999999/99999999999 resources updated");

    assertThat(output.updatedResources()).isEqualTo(-1);
  }

  @Test
  void saysNothingOfCountsThatWereNotPrinted() {
    read("Infra Phase failed. 4 resources updated in 02 seconds");

    assertThat(output.updatedResources()).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void namesTheErrorThatEndedTheRun(ChefRecording recording) {
    read(recording.text());

    if (recording.error().isEmpty()) {
      assertThat(output.error()).isEmpty();
    } else {
      assertThat(output.error()).get().asString().startsWith(recording.error());
    }
  }

  @Test
  void describesTheInnermostOfNestedErrorsWithoutAFatalLine() {
    read(
        ChefRecording.NESTED
            .text()
            .lines()
            .filter(line -> !line.contains("FATAL"))
            .reduce("", (one, next) -> one + next + "\n"));

    assertThat(output.error())
        .get()
        .asString()
        .startsWith("Error executing action `run` on resource 'execute[pull]': ");
  }

  @Test
  void showsOnlyChangedResourcesAtChefsInfoLevel() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Instant now = Instant.EPOCH;
    PlainConsoleListener console =
        new PlainConsoleListener(
            new PrintStream(shown, true, StandardCharsets.UTF_8),
            Verbosity.NORMAL,
            Clock.fixed(now, ZoneOffset.UTC));

    ChefRecording.read("changes-at-info")
        .lines()
        .flatMap(line -> LogLine.split(line).stream())
        .forEach(line -> console.accept(new BuildEvent.GuestOutput(now, "chef-solo", line)));

    assertThat(shown.toString(StandardCharsets.UTF_8).replace(now + " chef-solo| ", ""))
        .isEqualTo(
            """
            Converging 5 resources
            Recipe: t::default
              * file[/new] action create
              * execute[say] action run
              * wcs_stack[new] action install
                * directory[/opt/new] action create
            Running handlers:
            Running handlers complete
            Infra Phase complete, 4/9 resources updated in 02 seconds
            """);
  }

  @Test
  void splitsNoTextThatQuotesALog() {
    String quoted = "STDOUT: [2026-03-04T05:06:07+00:00] INFO: started";

    assertThat(LogLine.split(quoted)).containsExactly(quoted);
    assertThat(
            LogLine.split("[2026-03-04T05:06:07+00:00] INFO: of x[2026-03-04T05:06:07Z] WARN: y"))
        .hasSize(1);
  }

  @Test
  void keepsTheLastLines() {
    for (int i = 1; i <= 100; i++) {
      read("line " + i);
    }

    assertThat(output.tail().lines()).hasSize(40).last().isEqualTo("line 100");
  }

  private void read(String text) {
    text.lines().flatMap(line -> LogLine.split(line).stream()).forEach(output::accept);
  }
}
