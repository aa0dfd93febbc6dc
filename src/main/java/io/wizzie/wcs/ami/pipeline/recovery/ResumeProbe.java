package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.config.BuildOptions.Verify;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.OrphanedResource;
import io.wizzie.wcs.ami.ec2.OrphanedResources;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.journal.RecordedBuild.Intent;
import io.wizzie.wcs.ami.journal.RecordedResource;
import io.wizzie.wcs.ami.journal.RecordedResource.Fate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks EC2 what became of a killed build's builder and image. Changes nothing. */
public record ResumeProbe(
    RecordedBuild recorded,
    Checkpoint made,
    OrphanedResources remnants,
    Ec2Verbs ec2,
    ResumeRefusal refusal) {
  /** Name of the journal's note that says which image has passed its verification. */
  public static final String VERIFIED = "verified";

  /**
   * Looks.
   *
   * @throws BuildException category CONFIGURATION when the build can't be carried on from here;
   *     another one when EC2 can't be asked
   */
  public ResumePoint look() {
    OrphanedResource builder = existing(ResourceKind.INSTANCE, made.builder().instanceId());
    RecordedResource image = lastImage();
    if (image != null) {
      return image(image.id(), null, builder);
    }
    // The name is the build's own: nothing else is found by both.
    Intent unanswered = unansweredImage();
    if (unanswered != null) {
      List<String> lost = ec2.images().findLost(made.image().name(), made.buildId().value());
      if (!lost.isEmpty()) {
        return image(lost.get(0), unanswered, builder);
      }
    }
    return builder(builder);
  }

  private ResumePoint image(
      String imageId, @Nullable Intent unanswered, @Nullable OrphanedResource builder) {
    OrphanedResource image = existing(ResourceKind.IMAGE, imageId);
    if (image == null
        && !ec2.images().findLost(made.image().name(), made.buildId().value()).isEmpty()) {
      // Made moments before the crash, and not shown everywhere until now.
      image = existing(ResourceKind.IMAGE, imageId);
    }
    if (image == null) {
      throw refusal.because("its image " + imageId + " does not exist any more");
    }
    return switch (image.state()) {
      // A tag may be visible later than it was set, and the journal's word was written after it.
      case "pending", "transient", "available" ->
          isHandedOut(image)
              ? new ResumePoint.HandedOut(imageId)
              : new ResumePoint.Unfinished(imageId, image.state(), unanswered, builder == null);
      default -> throw refusal.because(why(image));
    };
  }

  /**
   * Whether the image has passed all that the build was asked for. The journal says so after it;
   * the tag alone, which others may set, is no proof of a verification.
   */
  private boolean isHandedOut(OrphanedResource image) {
    return recorded.isKept(image.resource())
        || (image.finished()
            && (made.verify() == Verify.NO || image.id().equals(recorded.notes().get(VERIFIED))));
  }

  /** EC2's reason of an image that failed. */
  private String why(OrphanedResource image) {
    try {
      return "its image "
          + ec2.imageCompletion().await(image.id(), Duration.ZERO, snapshotId -> {}).imageId()
          + " changes its state";
    } catch (BuildException failed) {
      failed.rethrowInterrupt();
      return Failures.firstLine(failed).replaceFirst("\\.$", "");
    }
  }

  private ResumePoint builder(@Nullable OrphanedResource builder) {
    String id = made.builder().instanceId();
    if (builder == null || builder.state().equals("shutting-down")) {
      throw refusal.because(
          "its builder "
              + id
              + " is terminated, and there is no image of it; while it runs it ends itself at "
              + made.expiresAt()
              + " (builder.lifetime)");
    }
    if (wasRemoved(builder.resource())) {
      throw refusal.because("its cleanup had begun, and its builder " + id + " is being removed");
    }
    return switch (builder.state()) {
      case "stopped", "stopping" -> new ResumePoint.Builder(id, builder.state());
      // What a guest writes while it runs, its logs for a start, was cleaned away already.
      default ->
          throw refusal.because(
              "its builder "
                  + id
                  + " is "
                  + builder.state()
                  + " instead of stopped, and no longer as the build has cleaned it");
    };
  }

  private @Nullable RecordedResource lastImage() {
    RecordedResource last = null;
    for (RecordedResource each : recorded.resources()) {
      if (each.is(ResourceKind.IMAGE)) {
        last = each;
      }
    }
    if (last != null && last.fate() == Fate.REMOVED) {
      throw refusal.because("its image " + last.id() + " was removed already");
    }
    return last;
  }

  private @Nullable Intent unansweredImage() {
    return recorded.open().stream()
        .filter(intent -> intent.kind() == ResourceKind.IMAGE)
        .findFirst()
        .orElse(null);
  }

  private boolean wasRemoved(ResourceId resource) {
    return recorded.resources().stream()
        .anyMatch(each -> each.resource().equals(resource) && each.fate() == Fate.REMOVED);
  }

  private @Nullable OrphanedResource existing(ResourceKind kind, String id) {
    List<OrphanedResource> found = remnants.existing(kind, List.of(id));
    return found.isEmpty() ? null : found.get(0);
  }
}
