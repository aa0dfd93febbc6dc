package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AmiAudit;
import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.config.BuildOptions.Verify;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.AvailableImage;
import io.wizzie.wcs.ami.ec2.ImageInspection;
import io.wizzie.wcs.ami.pipeline.recovery.Checkpoint;
import io.wizzie.wcs.ami.pipeline.recovery.ResumeProbe;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import io.wizzie.wcs.ami.pipeline.result.Verification;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The second half of the stages: from a provisioned builder, or an image of it that is there
 * already, to the image that is handed out. A build that is resumed after a crash enters where it
 * stands.
 */
final class Completion {
  private final Checkpoint made;
  private final BuildSpec spec;
  private final BuildParts parts;
  private final GuestSteps guest;
  private final BuildSession workshop;
  private final Stages stages;
  private final ImageStage imageStage;

  Completion(Checkpoint made, BuildParts parts, GuestSteps guest, BuildSession workshop) {
    this.made = made;
    this.spec = made.spec();
    this.parts = parts;
    this.guest = guest;
    this.workshop = workshop;
    this.stages = workshop.stages();
    this.imageStage = workshop.imageStage(spec.image(), made.buildId());
  }

  /** From the builder, which may still be running. */
  BuildResult fromBuilder() {
    stop();
    return fromAvailable(
        image(
            "Create the image",
            () -> imageStage.run(made.builder().instanceId(), made.image(), made.temporaryKey())));
  }

  /** From an image that was begun, and may still be pending. */
  BuildResult fromImage(String imageId) {
    return fromAvailable(
        image("Wait for the image", () -> imageStage.await(imageId, made.temporaryKey())));
  }

  /** From an image that was handed out, so that only the rest is to be done. */
  BuildResult fromHandedOut(String imageId) {
    AvailableImage image =
        image("Look at the image", () -> imageStage.await(imageId, made.temporaryKey()));
    // It passed before, and is no longer this build's to take away.
    AuditReport audit = made.audit().plus(auditImage(image, found -> judgement().tell(found)));
    if (made.verify() != Verify.NO) {
      workshop.events().warn("The image was verified before the crash; the manifest lacks how.");
    }
    return handOut(image, audit, null);
  }

  private BuildResult fromAvailable(AvailableImage image) {
    attributes(image);
    AuditReport audit =
        made.audit()
            .plus(auditImage(image, found -> judgement().pass(found, "image " + image.imageId())));
    Verification verification = verify(image);
    return handOut(image, audit, verification);
  }

  private BuildResult handOut(
      AvailableImage image, AuditReport audit, @Nullable Verification verification) {
    finish(image);
    List<Leftover> left = workshop.removeAll();
    return new BuildResult(
        made.buildId(),
        image.imageId(),
        made.image().name(),
        image.snapshotIds(),
        parts.ec2().region(),
        spec,
        made.source(),
        made.builder().instanceType(),
        made.bundle(),
        made.chef(),
        made.guestSystem(),
        made.inventory(),
        made.cleaned(),
        audit,
        verification,
        parts.toolVersion(),
        parts.clock().instant(),
        stages.timings(),
        left);
  }

  private void stop() {
    stages.run(
        "stop",
        "Stop the builder",
        () -> {
          // Another build may have taken it since; a builder that runs can still be looked at.
          workshop.ec2().imageNames().requireFree(made.image().name());
          workshop.ec2().instances().stop(made.builder().instanceId());
          return made.builder().instanceId();
        },
        line -> line);
  }

  private AvailableImage image(String title, Supplier<AvailableImage> work) {
    return stages.run(
        "image",
        title,
        work,
        image -> image.imageId() + ", " + String.join(", ", image.snapshotIds()));
  }

  private void attributes(AvailableImage image) {
    stages.run(
        "attributes",
        "Set the image's attributes",
        () -> imageStage.attributes(image),
        done -> spec.image().imdsV2Only() ? "IMDSv2 only" : "");
  }

  private AuditGate judgement() {
    return new AuditGate(spec.audit(), workshop.events());
  }

  private AuditReport auditImage(AvailableImage image, UnaryOperator<AuditReport> judge) {
    return stages.run(
        "audit-image",
        "Audit the image's attributes",
        () -> {
          ImageInspection inspection = workshop.ec2().imageInspection();
          AuditReport found =
              AmiAudit.of(
                  inspection.inspect(image.imageId()),
                  inspection.inspectSource(made.source().imageId()).orElse(null),
                  parts.ec2().region(),
                  parts.clock().instant());
          return judge.apply(found);
        },
        AuditReport::summary);
  }

  private @Nullable Verification verify(AvailableImage image) {
    if (made.verify() == Verify.NO) {
      return null;
    }
    try {
      Verification passed =
          new VerifyStages(spec, made.buildId(), parts, guest, workshop)
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
      workshop.journal().note(ResumeProbe.VERIFIED, imageId);
    } catch (BuildException failed) {
      workshop.events().warn(Failures.firstLine(failed));
    }
  }

  private void finish(AvailableImage image) {
    stages.run(
        "finish",
        "Mark the image as finished",
        () -> imageStage.finish(image),
        AvailableImage::imageId);
  }
}
