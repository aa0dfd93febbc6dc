package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Verified;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import io.wizzie.wcs.ami.pipeline.result.Verification;
import java.util.List;

/** Tries out an image that exists, whoever built it. */
public final class ImageVerification {
  private final String imageId;
  private final Assignment job;

  public ImageVerification(String imageId, BuildSpec spec, BuildOptions options, BuildParts parts) {
    this(imageId, Assignment.of(spec, options, parts));
  }

  ImageVerification(String imageId, Assignment job) {
    this.imageId = imageId;
    this.job = job;
  }

  /** Tries it out. Never throws, and leaves no more than a build would; the image stays. */
  public BuildOutcome run() {
    return Job.run(
        job,
        session -> {
          SourceImage image = session.run(Stage.FIND_IMAGE, () -> find(session), SourceImage::name);
          Verification done = new VerifyStages(session).run(image, false);
          List<Leftover> left = session.removeAll();
          return new Verified(done, left);
        });
  }

  private SourceImage find(BuildSession session) {
    return session.ec2().sourceImages().named(imageId);
  }
}
