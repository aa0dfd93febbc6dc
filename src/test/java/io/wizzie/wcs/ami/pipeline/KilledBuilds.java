package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.pipeline.recovery.CheckpointFile;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import java.nio.file.Path;

/** Builds that were killed, for tests of what is done about them. */
public final class KilledBuilds {
  private KilledBuilds() {}

  /**
   * Leaves the folder of a build whose process was killed while its builder was stopping.
   *
   * @return the build's ID; its region is {@code eu-west-1}
   */
  public static String leaveOneIn(Path output) {
    BuildBench whole = new BuildBench(output.resolve("whole"));
    BuildOutcome unused = whole.run();
    BuildBench killed = new BuildBench(output);
    killed.runUntilKilled(Journals.lineOf(whole.folder(), CheckpointFile.NOTE), true);
    return killed.buildId.value();
  }
}
