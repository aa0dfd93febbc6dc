package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds that somebody stops while chef-solo converges. */
class InterruptedBuildsIT extends WorkplaceCase {
  private static final String WAITING = "provision.runList=[\"trial::waits\"]";

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void aSignalEndsTheBuildAndRemovesEverything(String signal) {
    try (Running build = workplace.start(Workplace.trial("--verbose", "--set", WAITING))) {
      build.awaitMessage("waiting now");
      build.signal(signal);

      Ended ended = build.await().requireFailed(130);
      assertThat(ended.stderr())
          .contains("Interrupted; cleaning up.", "Everything that the build created was removed.");
    }
    requireNothingLeft();
  }

  @Test
  void aSecondSignalEndsAtOnceAndNamesWhatIsLeft() {
    // Or the cleanup may be over before the second signal comes.
    Path scenario =
        workplace.write(
            "scenario.json",
            """
            {"delays": {"instance": {"shutting-down": "2m"}}}
            """);
    workplace.run("local", "scenario", "set", scenario.toString()).requireSuccess();
    try (Running build = workplace.start(Workplace.trial("--verbose", "--set", WAITING))) {
      build.awaitMessage("waiting now");
      build.signal("INT");
      build.awaitMessage("Interrupted; cleaning up.");
      // Sooner, it would count as the same keystroke.
      pause();
      build.signal("INT");

      Ended ended = build.await();
      assertThat(ended.exitCode()).as(ended.stderr()).isEqualTo(3);
      assertThat(ended.stdout()).isEmpty();
      assertThat(ended.stderr())
          .contains("Stopped before the cleanup was over.", "Left behind, newest first:");
    }
    // Whatever was left is removed by the reset, which the workplace's closing requires to succeed.
  }

  private static void pause() {
    try {
      Thread.sleep(600);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
