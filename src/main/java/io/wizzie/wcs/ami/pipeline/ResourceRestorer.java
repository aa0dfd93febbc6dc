package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.journal.RecordedBuild.Intent;
import io.wizzie.wcs.ami.journal.RecordedResource;
import io.wizzie.wcs.ami.pipeline.ResourceTracker.Kind;
import io.wizzie.wcs.ami.pipeline.recovery.ResumePoint;

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
    ResourceTracker creations = session.creations();
    Resources resources = session.resources();
    switch (resource.kind()) {
      case KEY_PAIR -> creations.restore(resources.keyPair(), resource.id());
      case SECURITY_GROUP -> creations.restore(resources.securityGroup(), resource.id());
      case INSTANCE -> creations.restore(resources.instance(), resource.id());
      case IMAGE -> {
        if (!(point instanceof ResumePoint.HandedOut)) {
          creations.restore(imageStage.kind(), resource.id());
        }
      }
      case SNAPSHOT -> {
        if (point instanceof ResumePoint.Unfinished image) {
          creations.restore(
              resources.snapshot(resource.id()), resources.id(ResourceKind.IMAGE, image.imageId()));
        }
      }
      // It goes with its instance.
      case VOLUME -> {}
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
    ResourceTracker creations = session.creations();
    Resources resources = session.resources();
    Kind<?> kind =
        switch (intent.kind()) {
          case KEY_PAIR -> resources.keyPair();
          case SECURITY_GROUP -> resources.securityGroup();
          case INSTANCE -> resources.instance();
          // An image was looked for already, and will be made under the same name: looked for at
          // the end, it would be found. A snapshot is found with its image.
          default -> null;
        };
    if (kind != null) {
      intent.find().values().forEach(key -> creations.restoreLost(kind, key));
    }
  }
}
