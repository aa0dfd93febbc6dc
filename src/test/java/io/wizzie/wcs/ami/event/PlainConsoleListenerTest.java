package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainConsoleListenerTest {
  private final SteppingClock clock = new SteppingClock();
  private final Screen screen = new Screen(500);

  @Test
  void tellsStagesProgressAndWhatWasRemoved() {
    PlainConsoleListener console = console(Verbosity.NORMAL);

    Samples.ONE_OF_EACH.forEach(console);

    assertThat(screen.raw())
        .isEqualTo(
            """
            2026-03-04T05:06:07Z launch: Launch the builder
            2026-03-04T05:06:07Z launch: i-0abc is pending
            2026-03-04T05:06:07Z launch: done in 3.2s: i-0abc
            2026-03-04T05:06:07Z converge: Converge the cookbooks
            2026-03-04T05:06:07Z warning: The region is not us-east-1.
            2026-03-04T05:06:07Z converge: failed after 1m12s: chef-solo failed
            2026-03-04T05:06:07Z removed instance i-0abc
            """);
  }

  @Test
  void tellsInAdditionWhatTheGuestPrintsAndWhatIsCreatedWhenVerbose() {
    PlainConsoleListener console = console(Verbosity.VERBOSE);

    Samples.ONE_OF_EACH.forEach(console);

    assertThat(screen.raw())
        .contains("05:06:07Z created instance i-0abc\n")
        .contains("05:06:07Z chef-solo|   * apt_package[jq]\n");
  }

  @Test
  void tellsOnlyWarningsAndFailuresWhenQuiet() {
    PlainConsoleListener console = console(Verbosity.QUIET);

    Samples.ONE_OF_EACH.forEach(console);
    clock.step(Duration.ofHours(1));
    console.tick();

    assertThat(screen.raw())
        .isEqualTo(
            """
            2026-03-04T05:06:07Z warning: The region is not us-east-1.
            2026-03-04T05:06:07Z converge: failed after 1m12s: chef-solo failed
            """);
  }

  @Test
  void saysOnceWhatAWaitingStageSaysAtEveryPoll() {
    PlainConsoleListener console = console(Verbosity.NORMAL);

    console.accept(new BuildEvent.Progress(clock.instant(), "ami-1 is pending"));
    console.accept(new BuildEvent.Progress(clock.instant(), "ami-1 is pending"));
    console.accept(new BuildEvent.Progress(clock.instant(), "ami-1 is available"));

    assertThat(screen.raw())
        .isEqualTo(
            """
            2026-03-04T05:06:07Z ami-1 is pending
            2026-03-04T05:06:07Z ami-1 is available
            """);
  }

  @Test
  void givesASignOfLifeAfterALongSilence() {
    PlainConsoleListener console = console(Verbosity.NORMAL);
    console.accept(new BuildEvent.StageStarted(clock.instant(), "converge", "Converge"));
    for (int second = 1; second <= 25; second++) {
      clock.step(Duration.ofSeconds(1));
      console.accept(
          new BuildEvent.GuestOutput(clock.instant(), "chef-solo", "  * package[" + second + "]"));
      console.tick();
    }

    assertThat(screen.raw())
        .isEqualTo(
            """
            2026-03-04T05:06:07Z converge: Converge
            2026-03-04T05:06:17Z converge: still running after 10s: * package[10]
            2026-03-04T05:06:27Z converge: still running after 20s: * package[20]
            """);
  }

  @Test
  void showsOfChefsOutputWhereItIsAndWhatItChanges() {
    PlainConsoleListener console = console(Verbosity.NORMAL);
    for (String line :
        List.of(
            "Compiling cookbooks...",
            "Recipe: wcsprov::docker",
            "  * directory[/etc] action create (up to date)",
            "  * execute[apt-get upgrade] action run (skipped due to only_if)",
            "  * service[ssh] action nothing (skipped due to action :nothing)",
            "  * file[/etc/docker/daemon.json] action create",
            "    - create new file /etc/docker/daemon.json",
            "    +  \"log-driver\": \"json-file\"",
            "Chef Infra Client finished, 1/3 resources updated in 02 seconds")) {
      console.accept(new BuildEvent.GuestOutput(clock.instant(), "chef-solo", line));
    }
    console.accept(new BuildEvent.GuestOutput(clock.instant(), "other", "Recipe: x"));

    assertThat(screen.raw())
        .isEqualTo(
            """
            2026-03-04T05:06:07Z chef-solo| Recipe: wcsprov::docker
            2026-03-04T05:06:07Z chef-solo|   * file[/etc/docker/daemon.json] action create
            2026-03-04T05:06:07Z chef-solo| Chef Infra Client finished, 1/3 resources updated in 02 seconds
            """);
  }

  @Test
  void staysSilentBetweenStages() {
    PlainConsoleListener console = console(Verbosity.NORMAL);

    clock.step(Duration.ofHours(1));
    console.tick();

    assertThat(screen.raw()).isEmpty();
  }

  private PlainConsoleListener console(Verbosity verbosity) {
    return new PlainConsoleListener(screen.stream(), verbosity, clock);
  }
}
