package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.journal.RecordedBuild.Intent;
import io.wizzie.wcs.ami.journal.RecordedResource;
import io.wizzie.wcs.ami.pipeline.ResourceTracker.Kind;
import io.wizzie.wcs.ami.pipeline.recovery.ResumePoint;
import org.jspecify.annotations.Nullable;

/** Makes what a killed build has made known to the cleanup of the process that carries it on. */
record ResourceRestorer(RecordedBuild recorded, BuildSession session, ImageStage imageStage) {
  /** Restores everything but an image that was handed out, which stays. */
  void restore(ResumePoint point) {
    // What was lost may hang on what is known; both are in the order of their making.
    for (RecordedResource each : recorded.resources()) {
      if (each.isUnaccounted()) {
        restore(each.resource(), point);
      }
    }
    if (point instanceof ResumePoint.Unfinished image) {
      restoreFound(image);
    }
    recorded.open().forEach(this::restoreLost);
    if (point instanceof ResumePoint.Unfinished image && image.builderGone()) {
      // Nothing else is left that could carry the heartbeat.
      session.heartbeat().watch(image.imageId());
    }
  }

  private void restore(ResourceId resource, ResumePoint point) {
    Kind<?> kind = kind(resource.kind());
    if (kind != null) {
      session.creations().restore(kind, resource.id());
    } else if (resource.kind() == ResourceKind.IMAGE && !(point instanceof ResumePoint.HandedOut)) {
      session.creations().restore(imageStage.kind(), resource.id());
    } else if (resource.kind() == ResourceKind.SNAPSHOT
        && point instanceof ResumePoint.Unfinished image) {
      session
          .creations()
          .restore(
              session.resources().snapshot(resource.id()),
              session.id(ResourceKind.IMAGE, image.imageId()));
    }
  }

  /** An image that EC2 has found by its name is what the call has made whose answer was lost. */
  private void restoreFound(ResumePoint.Unfinished image) {
    Intent unanswered = image.unanswered();
    if (unanswered != null) {
      session.creations().restore(imageStage.kind(), image.imageId());
      session.journal().created(unanswered.seq(), session.id(ResourceKind.IMAGE, image.imageId()));
    }
  }

  private void restoreLost(Intent intent) {
    // An image was looked for already, and will be made under the same name: looked for at the end,
    // it would be found. A snapshot is found with its image.
    Kind<?> kind = kind(intent.kind());
    if (kind != null) {
      intent.find().values().forEach(key -> session.creations().restoreLost(kind, key));
    }
  }

  /** Of what is restored for itself; null of an image and its snapshots, and of volumes. */
  private @Nullable Kind<?> kind(ResourceKind kind) {
    return switch (kind) {
      case KEY_PAIR -> session.resources().keyPair();
      case SECURITY_GROUP -> session.resources().securityGroup();
      case INSTANCE -> session.resources().instance();
      // A volume goes with its instance.
      case IMAGE, SNAPSHOT, VOLUME -> null;
    };
  }
}
