package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.pipeline.BuildOutcome.Built;

/** One build, from specification to image. */
public final class ImageBuild {
  /** Name of the journal's note on a build whose resources stay on purpose. */
  static final String KEPT_UNTIL = "kept-until";

  private final Assignment job;

  public ImageBuild(BuildSpec spec, BuildOptions options, BuildParts parts) {
    this(Assignment.of(spec, options, parts));
  }

  ImageBuild(Assignment job) {
    this.job = job;
  }

  /**
   * Builds. Never throws: the outcome says what failed and what is left. An interrupt of the thread
   * ends the build; everything is removed before this returns, with the flag set again.
   */
  public BuildOutcome run() {
    return Job.run(
        job,
        workshop -> {
          Checkpoint provisioned =
              new Pipeline(job.spec(), job.options(), job.parts(), job.guest(), workshop)
                  .provision();
          BuildResult result =
              new Completion(provisioned, job.parts(), job.guest(), workshop).fromBuilder();
          new ResultFiles(workshop.folder(), job.events()).write(result, job.options().manifest());
          return new Built(result);
        });
  }
}
