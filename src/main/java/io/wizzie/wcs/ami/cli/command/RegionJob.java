package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.pipeline.BuildParts;
import io.wizzie.wcs.ami.pipeline.BuildResumption;
import io.wizzie.wcs.ami.pipeline.ImageAudit;
import io.wizzie.wcs.ami.pipeline.ImageBuild;
import io.wizzie.wcs.ami.pipeline.ImageVerification;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;

/** Work on an image in a region, as a command asks for it. */
public sealed interface RegionJob {
  /** What it is called. */
  String name();

  BuildOptions options();

  /** The ID of the image that is looked at; of a build, empty. */
  default String subject() {
    return "";
  }

  /**
   * Does it, and removes what that took, also after a failure or an interrupt of the calling
   * thread.
   *
   * @return how it ended; neither a refusal nor a failure is thrown
   */
  BuildOutcome run(BuildParts parts);

  /** Builds an image. */
  record Build(BuildSpec spec, BuildOptions options) implements RegionJob {
    @Override
    public String name() {
      return "build";
    }

    @Override
    public BuildOutcome run(BuildParts parts) {
      return new ImageBuild(spec, options, parts).run();
    }
  }

  /** Carries a killed build on. */
  record Resume(BuildResumption resumption) implements RegionJob {
    @Override
    public String name() {
      return "build";
    }

    @Override
    public BuildOptions options() {
      return resumption.options();
    }

    @Override
    public BuildOutcome run(BuildParts parts) {
      return resumption.run(parts);
    }
  }

  /** Audits an image, by what the region says of it and on an instance of it. */
  record Audit(BuildSpec spec, BuildOptions options, String subject) implements RegionJob {
    @Override
    public String name() {
      return "audit";
    }

    @Override
    public BuildOutcome run(BuildParts parts) {
      return new ImageAudit(spec, options, parts).run(subject);
    }
  }

  /** Tries an image out. */
  record Verify(BuildSpec spec, BuildOptions options, String subject) implements RegionJob {
    @Override
    public String name() {
      return "verification";
    }

    @Override
    public BuildOutcome run(BuildParts parts) {
      return new ImageVerification(subject, spec, options, parts).run();
    }
  }
}
