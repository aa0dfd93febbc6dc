package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveConsoleListenerTest {
  private static final ConsoleStyle PLAIN = new ConsoleStyle(false, true);

  private final SteppingClock clock = new SteppingClock();
  private final Screen screen = new Screen(60);
  private int columns = 60;

  @Test
  void redrawsTheRunningStageWithItsTimeAndTheGuestsLine() {
    LiveConsoleListener console = console(Verbosity.NORMAL, PLAIN);
    start(console, "converge", "Converge the cookbooks");
    guest(console, "  * apt_package[jq] action install");
    console.tick();
    assertThat(screen.lines())
        .containsExactly(
            "     0s  ▸ Converge the cookbooks", "         │ * apt_package[jq] action install", "");

    clock.step(Duration.ofSeconds(72));
    guest(console, "");
    guest(console, "\u001b[31m    - enable service\u001b[0m");
    console.tick();
    assertThat(screen.lines())
        .containsExactly("  1m12s  ▸ Converge the cookbooks", "         │ - enable service", "");
  }

  @Test
  void keepsFinishedStagesAboveTheRunningOnes() {
    LiveConsoleListener console = console(Verbosity.NORMAL, PLAIN);
    start(console, "launch", "Launch the builder");
    start(console, "bundle", "Bundle the cookbooks");
    console.accept(new BuildEvent.Progress(clock.instant(), "i-1 is pending"));
    console.tick();
    clock.step(Duration.ofSeconds(2));
    finish(console, "bundle", "42 files");

    assertThat(screen.lines())
        .containsExactly(
            "   2.0s  ✓ Bundle the cookbooks  42 files",
            "     2s  ▸ Launch the builder",
            "         │ i-1 is pending",
            "");

    finish(console, "launch", "");
    console.close();
    assertThat(screen.lines())
        .containsExactly(
            "   2.0s  ✓ Bundle the cookbooks  42 files", "   2.0s  ✓ Launch the builder", "");
  }

  @Test
  void neverWritesALineThatWraps() {
    LiveConsoleListener console = console(Verbosity.NORMAL, PLAIN);
    start(console, "x".repeat(3), "Converge ".repeat(20));
    guest(console, "日本語".repeat(40));
    console.tick();
    assertThat(screen.lines()).hasSize(3).allMatch(line -> LineText.columnsOf(line) < 60);

    columns = 20;
    clock.step(Duration.ofSeconds(1));
    console.tick();
    assertThat(screen.lines()).hasSize(3).allMatch(line -> LineText.columnsOf(line) < 20);

    columns = 5;
    console.tick();
    assertThat(screen.lines()).containsExactly("");
  }

  @Test
  void wrapsWhatStaysBetweenWordsAndNeverCutsIt() {
    columns = 40;
    LiveConsoleListener console = console(Verbosity.NORMAL, PLAIN);
    start(console, "check", "Check the image name");
    finish(console, "check", "wcs-1.1.0-20261122145805");
    console.accept(
        new BuildEvent.Warning(
            clock.instant(), "The guest can't download https://example.org/cinc-18.deb at all."));
    console.close();

    assertThat(screen.lines())
        .containsExactly(
            "   0.0s  ✓ Check the image name",
            "           wcs-1.1.0-20261122145805",
            "         ! The guest can't download",
            "           https://example.org/cinc-18.deb",
            "           at all.",
            "");
  }

  @Test
  void drawsOnlyWhatChanged() {
    LiveConsoleListener console = console(Verbosity.NORMAL, PLAIN);
    start(console, "launch", "Launch");
    console.tick();
    String before = screen.raw();

    for (int i = 0; i < 1000; i++) {
      guest(console, "line " + i);
    }
    assertThat(screen.raw()).isEqualTo(before);

    console.tick();
    String after = screen.raw();
    console.tick();
    assertThat(screen.raw()).isEqualTo(after);
  }

  @Test
  void showsFailuresWarningsAndTheCleanupAfterThem() {
    LiveConsoleListener console = console(Verbosity.NORMAL, PLAIN);
    Samples.ONE_OF_EACH.forEach(console);
    console.close();

    assertThat(screen.lines())
        .containsExactly(
            "   3.2s  ✓ Launch the builder  i-0abc",
            "         ! The region is not us-east-1.",
            "  1m12s  ✗ Converge the cookbooks",
            "         chef-solo failed",
            "         removed instance i-0abc",
            "");
  }

  @Test
  void keepsEveryLineOfTheGuestWhenVerbose() {
    LiveConsoleListener console = console(Verbosity.VERBOSE, PLAIN);
    Samples.ONE_OF_EACH.forEach(console);
    console.close();

    assertThat(screen.lines())
        .contains("         created instance i-0abc", "         chef-solo│   * apt_package[jq]");
  }

  @Test
  void showsOnlyWarningsAndFailuresWhenQuiet() {
    LiveConsoleListener console = console(Verbosity.QUIET, PLAIN);
    Samples.ONE_OF_EACH.forEach(console);
    console.tick();

    assertThat(screen.lines())
        .containsExactly(
            "         ! The region is not us-east-1.",
            "  1m12s  ✗ Converge the cookbooks",
            "         chef-solo failed",
            "");
  }

  @Test
  void usesColoursOnlyWhenTheyAreWantedAndAsciiWhereThereIsNoMore() {
    LiveConsoleListener coloured = console(Verbosity.NORMAL, new ConsoleStyle(true, false));
    finish(coloured, "launch", "i-1");
    assertThat(screen.raw())
        .isEqualTo(
            "\u001b[2m   0.0s\u001b[0m  \u001b[32m+\u001b[0m launch  \u001b[2mi-1\u001b[0m\n");

    LiveConsoleListener plain = console(Verbosity.NORMAL, PLAIN);
    Samples.ONE_OF_EACH.forEach(plain);
    assertThat(screen.raw().substring(screen.raw().indexOf("3.2s"))).doesNotContain("m✓");
  }

  @Test
  void writesNothingAfterItWasClosed() {
    LiveConsoleListener console = console(Verbosity.NORMAL, PLAIN);
    start(console, "launch", "Launch");
    console.tick();
    console.close();
    String closed = screen.raw();

    start(console, "converge", "Converge");
    console.tick();
    console.close();

    assertThat(screen.raw()).isEqualTo(closed);
    assertThat(screen.lines()).containsExactly("");
  }

  private LiveConsoleListener console(Verbosity verbosity, ConsoleStyle style) {
    return new LiveConsoleListener(screen.stream(), verbosity, style, () -> columns, clock);
  }

  private void start(LiveConsoleListener console, String name, String title) {
    console.accept(new BuildEvent.StageStarted(clock.instant(), name, title));
  }

  private void finish(LiveConsoleListener console, String name, String result) {
    Duration elapsed = Duration.between(new SteppingClock().instant(), clock.instant());
    console.accept(new BuildEvent.StageFinished(clock.instant(), name, result, elapsed));
  }

  private void guest(LiveConsoleListener console, String line) {
    console.accept(new BuildEvent.GuestOutput(clock.instant(), "chef-solo", line));
  }
}
