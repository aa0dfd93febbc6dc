package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AmiAudit;
import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.config.BuildOptions.Verify;
import io.wizzie.wcs.ami.ec2.AvailableImage;
import io.wizzie.wcs.ami.ec2.ImageInspection;
import io.wizzie.wcs.ami.pipeline.recovery.Checkpoint;
import io.wizzie.wcs.ami.pipeline.recovery.ResumePoint;
import io.wizzie.wcs.ami.pipeline.recovery.ResumeProbe;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import io.wizzie.wcs.ami.pipeline.result.Verification;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stages of the image, from the provisioned builder to the image that is handed out. Of a build
 * that is resumed they do what is left to do.
 */
record ImageStages(BuildSession session, ImageStage imageStage) {
  /**
   * Stops the builder, unless its image was begun.
   *
   * @param from where a killed build stands; null for one that was not
   */
  ResumePoint stop(Checkpoint made, @Nullable ResumePoint from) {
    if (from != null && !(from instanceof ResumePoint.Builder)) {
      return from;
    }
    String builder = made.builder().instanceId();
    session.run(
        Stage.STOP,
        () -> {
          // Another build may have taken it since; a builder that runs can still be looked at.
          session.ec2().imageNames().requireFree(made.image().name());
          session.ec2().instances().stop(builder);
          return builder;
        },
        line -> line);
    return new ResumePoint.Builder(builder, "stopped");
  }

  AvailableImage image(Checkpoint made, ResumePoint at) {
    if (at instanceof ResumePoint.Unfinished begun) {
      return image(Stage.AWAIT_IMAGE, () -> imageStage.await(begun.imageId(), made.temporaryKey()));
    }
    if (at instanceof ResumePoint.HandedOut done) {
      return image(
          Stage.FINISHED_IMAGE, () -> imageStage.await(done.imageId(), made.temporaryKey()));
    }
    return image(
        Stage.IMAGE,
        () -> imageStage.run(made.builder().instanceId(), made.image(), made.temporaryKey()));
  }

  private AvailableImage image(Stage stage, Supplier<AvailableImage> work) {
    return session.run(
        stage, work, image -> image.imageId() + ", " + String.join(", ", image.snapshotIds()));
  }

  void attributes(AvailableImage image, ResumePoint at) {
    if (!isHandedOut(at)) {
      session.run(
          Stage.ATTRIBUTES,
          () -> imageStage.attributes(image),
          done -> session.spec().image().imdsV2Only() ? "IMDSv2 only" : "");
    }
  }

  /** Both audits together. */
  AuditReport audit(Checkpoint made, AvailableImage image, ResumePoint at) {
    AuditGate gate = new AuditGate(session.spec().audit(), session.events());
    return made.audit()
        .plus(
            session.run(
                Stage.AUDIT_IMAGE,
                () -> {
                  ImageInspection inspection = session.ec2().imageInspection();
                  AuditReport found =
                      AmiAudit.of(
                          inspection.inspect(image.imageId()),
                          inspection.inspectSource(made.source().imageId()).orElse(null),
                          session.parts().ec2().region(),
                          session.clock().instant());
                  // One that was handed out is no longer this build's to take away.
                  return isHandedOut(at)
                      ? gate.report(found)
                      : gate.requirePassed(found, "image " + image.imageId());
                },
                AuditReport::summary));
  }

  /** Tries the image out; null when that was not asked for, or is done already. */
  @Nullable Verification verify(Checkpoint made, AvailableImage image, ResumePoint at) {
    if (made.verify() == Verify.NO) {
      return null;
    }
    if (isHandedOut(at)) {
      session.events().warn("The image was verified before the crash; the manifest lacks how.");
      return null;
    }
    try {
      Verification passed =
          new VerifyStages(session)
              .run(made.source().imaged(image.imageId(), made.image().name()), true);
      noteVerified(image.imageId());
      return passed;
    } catch (BuildException failed) {
      if (made.verify() == Verify.KEEP_FAILING && failed.category() != Category.INTERRUPTED) {
        imageStage.keep(image);
      }
      throw failed;
    }
  }

  // Should it be killed before it can say that the image is handed out.
  private void noteVerified(String imageId) {
    try {
      session.journal().note(ResumeProbe.VERIFIED, imageId);
    } catch (BuildException failed) {
      session.events().warn(Failures.firstLine(failed));
    }
  }

  void finish(AvailableImage image) {
    session.run(Stage.FINISH, () -> imageStage.finish(image), AvailableImage::imageId);
  }

  BuildResult result(
      Checkpoint made,
      AvailableImage image,
      AuditReport audit,
      @Nullable Verification verification,
      List<Leftover> left) {
    return new BuildResult(
        made.buildId(),
        image.imageId(),
        made.image().name(),
        image.snapshotIds(),
        session.parts().ec2().region(),
        session.spec(),
        made.source(),
        made.builder().instanceType(),
        made.bundle(),
        made.chef(),
        made.guestSystem(),
        made.inventory(),
        made.cleaned(),
        audit,
        verification,
        session.parts().toolVersion(),
        session.clock().instant(),
        session.stages().timings(),
        left);
  }

  private static boolean isHandedOut(ResumePoint at) {
    return at instanceof ResumePoint.HandedOut;
  }
}
