package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Built;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.ResultFiles;

/** One build, from specification to image. */
public record ImageBuild(Assignment job) {
  public ImageBuild(BuildSpec spec, BuildOptions options, BuildParts parts) {
    this(Assignment.of(spec, options, parts));
  }

  /**
   * Builds. Never throws: the outcome says what failed and what is left. An interrupt of the thread
   * ends the build; everything is removed before this returns, with the flag set again.
   */
  public BuildOutcome run() {
    return Job.run(
        job,
        session -> {
          BuildResult result = new Recipe(session).build(null, null);
          new ResultFiles(session.folder(), job.events().mask(), job.events()::warn)
              .write(result, job.options().manifest());
          return new Built(result);
        });
  }
}
