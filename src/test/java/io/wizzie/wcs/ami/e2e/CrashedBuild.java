package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/** What a build leaves whose process is killed, with the region that it served itself. */
final class CrashedBuild {
  /** Lines of the journal when builder, key pair and group are there. */
  static final int LAUNCHED = 7;

  /** Lines of the journal when the image is pending; the key pair may be gone. */
  static final int IMAGED = 11;

  private CrashedBuild() {}

  /** Runs a build until its journal is so long. Returns the build's ID. */
  static String leave(Workplace workplace, int lines) {
    ObjectNode scenario = new JsonMapper().createObjectNode();
    scenario.putObject("delays").putObject("image").put("pending", "10m");
    workplace.stage(scenario);
    Path output = workplace.folder().resolve("output");
    var before = Journals.folders(output);
    String buildId;
    try (Running build = workplace.start(Workplace.trial())) {
      buildId = Journals.await(output, build, lines, before).getFileName().toString();
      build.signal("KILL");
      assertThat(build.await().exitCode()).isEqualTo(137);
    }
    // Which also makes the image available.
    workplace.unstage();
    try (RegionView region = workplace.region()) {
      assertThat(region.instances()).hasSize(1);
      region.leaveVolume(buildId);
    }
    return buildId;
  }
}
