package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Verified;
import io.wizzie.wcs.ami.pipeline.result.Verification;

/** Tries out an image that exists, whoever built it. */
public record ImageVerification(String imageId, Assignment job) {
  public ImageVerification(String imageId, BuildSpec spec, BuildOptions options, BuildParts parts) {
    this(imageId, Assignment.of(spec, options, parts));
  }

  /** Tries it out. Never throws, and leaves no more than a build would; the image stays. */
  public BuildOutcome run() {
    return Job.run(
        job,
        session -> {
          SourceImage image = session.run(Stage.FIND_IMAGE, () -> find(session), SourceImage::name);
          Verification done = new VerifyStages(session).run(image, false);
          return new Verified(done, session.removeAll());
        });
  }

  private SourceImage find(BuildSession session) {
    return session.ec2().sourceImages().named(imageId);
  }
}
