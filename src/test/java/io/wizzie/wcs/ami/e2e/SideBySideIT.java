package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two builds at the same time, of one checkout and in one region. */
@Execution(ExecutionMode.CONCURRENT)
class SideBySideIT {
  /** Of the journal, when the builder has been launched. */
  private static final int LAUNCHED = 7;

  @Test
  void neitherEachOtherNorACleaningTouchesWhatBuildsHave() {
    try (Workplace workplace = Workplace.open();
        Running serving = workplace.start("local", "serve")) {
      String endpoint = serving.awaitResult();
      workplace.signIn();
      Path output = workplace.folder().resolve("output");
      // They wait for their images until clean has been seen to leave them alone.
      workplace.stage("{\"delays\": {\"image\": {\"pending\": \"10m\"}}}");
      String[] build = Workplace.trial("--endpoint-url", endpoint);
      try (Running one = workplace.start(build);
          Running other = workplace.start(build)) {
        List<Path> folders = Journals.awaitAll(output, List.of(one, other), LAUNCHED);
        Ended clean = workplace.run("clean", "--region", "local", "--endpoint-url", endpoint);
        assertThat(one.isAlive() && other.isAlive()).as("both still build").isTrue();
        assertThat(clean.requireSuccess().stdout())
            .contains(folders.stream().map(folder -> folder.getFileName().toString()).toList())
            .contains("not touched: the build is running on this machine")
            .doesNotContain("removed");
        workplace.unstage();

        String first = one.await().imageId();
        String second = other.await().imageId();
        assertThat(first).isNotEqualTo(second);
        assertThat(folders.stream().map(SideBySideIT::manifest))
            .anySatisfy(manifest -> assertThat(manifest).contains(first).doesNotContain(second))
            .anySatisfy(manifest -> assertThat(manifest).contains(second).doesNotContain(first));
        serving.stop("TERM");
        try (RegionView region = workplace.region()) {
          assertThat(region.tags(first)).contains("wcs-ami:status=finished");
          assertThat(region.tags(second)).contains("wcs-ami:status=finished");
          region.requireNothingBut(first, second);
        }
      }
    }
  }

  private static String manifest(Path folder) {
    return Workplace.read(folder.resolve("manifest.json"));
  }
}
