package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.journal.JournalReader;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.journal.RecordedResource.Fate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.Image;

/**
 * Builds whose process is killed, with an endpoint that outlives it: afterwards {@code clean}
 * leaves nothing, and an image that was finished stays; or {@code resume} finishes the image.
 *
 * <p>Killed after a sample of the journal's records; after every one, and at more random instants,
 * with {@code -Dwcs-ami.soak=true}.
 */
class CrashedBuildsIT extends WorkplaceCase {
  /** Lines of the journal of a build that succeeds, its header and its end included. */
  private static final int LINES = 18;

  /** The same of an audit and a verification of an image. */
  private static final int AUDIT_LINES = 11;

  private static final int VERIFY_LINES = 14;

  /** How many lines of the journal there are when the process is killed. */
  static IntStream points() {
    return Boolean.getBoolean("wcs-ami.soak")
        ? IntStream.rangeClosed(1, LINES - 1)
        // The group's call under way, the builder's, the builder there, the image there and
        // finished.
        : IntStream.of(2, 6, 7, 10, 14);
  }

  @ParameterizedTest
  @MethodSource("points")
  void cleanRemovesAllThatAKilledBuildLeft(int lines) {
    try (Running serving = workplace.start("local", "serve")) {
      String endpoint = serving.awaitResult();
      workplace.signIn();
      Path folder;
      try (Running build =
          workplace.start(Workplace.trial("--verbose", "--endpoint-url", endpoint))) {
        folder = workplace.awaitJournal(build, lines);
        if (lines == 7) {
          requireUntouched(endpoint);
        }
        build.signal("KILL");
        assertThat(build.await().exitCode()).isEqualTo(137);
      }

      RecordedBuild journal = JournalReader.read(folder);
      assertThat(journal.outcome()).isNull();
      assertThat(cleaned(endpoint)).doesNotContain("  left", "not touched");
      serving.stop("TERM");

      try (RegionView region = workplace.region()) {
        List<String> finished =
            region.images().stream()
                .map(Image::imageId)
                .filter(id -> region.tags(id).contains("wcs-ami:status=finished"))
                .toList();
        boolean handedOut =
            journal.resources().stream().anyMatch(thing -> thing.fate() == Fate.KEPT);
        // The last tag may have been set a moment before that could be recorded.
        assertThat(finished).hasSizeBetween(handedOut ? 1 : 0, lines < 13 ? 0 : 1);
        region.requireNothingBut(finished.toArray(String[]::new));
      }
    }
  }

  /** Cleans until nothing is left, and returns what the first time told of. */
  private String cleaned(String endpoint) {
    String[] clean = {"clean", "--region", "local", "--endpoint-url", endpoint};
    String first = workplace.run(clean).requireSuccess().stdout();
    assertThat(workplace.run(clean).requireSuccess().stdout())
        .isEqualTo("Nothing is left in region local.\n");
    return first;
  }

  /** The seeds of the instants; the same seed is the same instant, as far as a machine allows. */
  static IntStream seeds() {
    return IntStream.range(0, Boolean.getBoolean("wcs-ami.soak") ? 12 : 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void cleanRemovesWhatIsThereAtAnyInstant(int seed) {
    try (Running serving = workplace.start("local", "serve")) {
      String endpoint = serving.awaitResult();
      workplace.signIn();
      try (Running build = workplace.start(Workplace.trial("--endpoint-url", endpoint))) {
        Path folder = workplace.awaitJournal(build, 1);
        build.awaitAtMost(Duration.ofMillis(new Random(seed).nextInt(25_000)));
        if (build.isAlive()) {
          build.signal("KILL");
        }
        assertThat(build.await().exitCode()).as(build.messages()).isIn(0, 137);
        assertThat(JournalReader.read(folder).buildId()).startsWith("wcs-");
      }
      workplace.run("clean", "--region", "local", "--endpoint-url", endpoint).requireSuccess();
      serving.stop("TERM");

      try (RegionView region = workplace.region()) {
        region.requireNothingBut(
            region.images().stream()
                .map(Image::imageId)
                .filter(id -> region.tags(id).contains("wcs-ami:status=finished"))
                .toArray(String[]::new));
      }
    }
  }

  /** A trial of an image, killed when its journal has so many lines. */
  record TrialCrash(String command, int lines) {}

  static Stream<TrialCrash> trialCrashes() {
    if (!Boolean.getBoolean("wcs-ami.soak")) {
      // The second instance's call under way.
      return Stream.of(new TrialCrash("verify", 8));
    }
    return Map.of("audit", AUDIT_LINES, "verify", VERIFY_LINES).entrySet().stream()
        .flatMap(
            command ->
                IntStream.range(1, command.getValue())
                    .mapToObj(lines -> new TrialCrash(command.getKey(), lines)));
  }

  @ParameterizedTest
  @MethodSource("trialCrashes")
  void cleanRemovesAllThatAKilledTrialLeftButNotItsImage(TrialCrash crash) {
    String imageId = workplace.buildTrial().imageId();
    Path output = workplace.folder().resolve("output");
    List<Path> before = Journals.folders(output);
    try (Running serving = workplace.start("local", "serve")) {
      String endpoint = serving.awaitResult();
      workplace.signIn();
      String[] command = {
        crash.command(),
        imageId,
        "--region",
        "local",
        "--endpoint-url",
        endpoint,
        "--config",
        Workplace.TRIAL.toString()
      };
      Path folder;
      try (Running trial = workplace.start(command)) {
        folder = Journals.await(output, trial, crash.lines(), before);
        trial.signal("KILL");
        assertThat(trial.await().exitCode()).isEqualTo(137);
      }

      assertThat(JournalReader.read(folder).outcome()).isNull();
      assertThat(cleaned(endpoint)).doesNotContain("  left", "not touched", imageId);
      serving.stop("TERM");

      try (RegionView region = workplace.region()) {
        assertThat(region.tags(imageId)).contains("wcs-ami:status=finished");
        region.requireNothingBut(imageId);
      }
    }
  }

  /**
   * CreateImage hangs before it does anything, so that nothing but the stopped builder is there.
   *
   * <p>The region dies with the build's process; what it holds does not, and the next one goes on.
   */
  @Test
  void resumeMakesTheImageOfABuilderThatIsStoppedThoughItsRegionDiedToo() {
    workplace.stage(
        """
        {"faults": [{"actions": ["CreateImage"], "count": 1,
            "connection": "stall", "stallFor": "2m"}]}
        """);
    resumeFinishesABuildKilledAt(9);
  }

  @Test
  void resumeWaitsForAnImageThatIsPending() {
    workplace.stage(
        """
        {"delays": {"image": {"pending": "20s"}}}
        """);
    try (Running serving = workplace.start("local", "serve")) {
      String endpoint = serving.awaitResult();
      workplace.signIn();
      resumeFinishesABuildKilledAt(10, "--endpoint-url", endpoint);
      serving.stop("TERM");
    }
  }

  private void resumeFinishesABuildKilledAt(int lines, String... where) {
    Path folder;
    try (Running build = workplace.start(Workplace.trial(where))) {
      folder = workplace.awaitJournal(build, lines);
      assertThat(workplace.run(resume(folder, where)).exitCode()).isEqualTo(2);
      build.signal("KILL");
      assertThat(build.await().exitCode()).isEqualTo(137);
    }

    Ended ended = workplace.run(resume(folder, where)).requireSuccess();
    String imageId = ended.stdout().strip();
    assertThat(imageId).matches("ami-[0-9a-f]{8,17}");
    assertThat(ended.stderr()).contains("Built " + imageId).doesNotContain("Internal error");
    assertThat(JournalReader.read(folder).outcome()).isEqualTo("built");
    assertThat(Workplace.read(folder.resolve("manifest.json"))).contains(imageId);
    assertThat(workplace.run(resume(folder, where)).stderr()).contains("is finished");

    try (RegionView region = workplace.region()) {
      assertThat(region.tags(imageId)).contains("wcs-ami:status=finished");
      region.requireNothingBut(imageId);
    }
  }

  private static String[] resume(Path folder, String... where) {
    return Stream.concat(Stream.of("resume", folder.getFileName().toString()), Stream.of(where))
        .toArray(String[]::new);
  }

  private void requireUntouched(String endpoint) {
    Ended ended = workplace.run("clean", "--region", "local", "--endpoint-url", endpoint);
    assertThat(ended.requireSuccess().stdout())
        .contains("instance", "not touched: the build is running on this machine")
        .doesNotContain("removed");
  }
}
