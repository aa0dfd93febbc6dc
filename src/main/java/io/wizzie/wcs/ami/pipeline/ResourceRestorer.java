package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.journal.RecordedBuild.Intent;
import io.wizzie.wcs.ami.journal.RecordedBuild.Thing;
import io.wizzie.wcs.ami.pipeline.ResourceTracker.Kind;
import io.wizzie.wcs.ami.pipeline.recovery.ResumePoint;

/** Makes what a killed build has made known to the cleanup of the process that carries it on. */
final class ResourceRestorer {
  private final RecordedBuild recorded;
  private final BuildSession workshop;
  private final ImageStage imageStage;

  ResourceRestorer(RecordedBuild recorded, BuildSession workshop, ImageStage imageStage) {
    this.recorded = recorded;
    this.workshop = workshop;
    this.imageStage = imageStage;
  }

  /** Restores everything but an image that was handed out, which stays. */
  void restore(ResumePoint remains) {
    // What was lost may hang on what is known; both are in the order of their making.
    for (Thing thing : recorded.things()) {
      if (thing.isUnaccounted()) {
        restore(thing, remains);
      }
    }
    if (remains instanceof ResumePoint.Unfinished image) {
      restoreFound(image);
    }
    recorded.open().forEach(this::restoreLost);
    if (remains instanceof ResumePoint.Unfinished image && image.builderGone()) {
      // Nothing else is left that could carry the heartbeat.
      workshop.heartbeat().watch(image.imageId());
    }
  }

  private void restore(Thing thing, ResumePoint remains) {
    ResourceTracker creations = workshop.creations();
    Resources resources = workshop.resources();
    switch (thing.kind()) {
      case Resources.KEY_PAIR -> creations.restore(resources.keyPair(), thing.id());
      case Resources.SECURITY_GROUP -> creations.restore(resources.securityGroup(), thing.id());
      case Resources.INSTANCE -> creations.restore(resources.instance(), thing.id());
      case Resources.IMAGE -> {
        if (!(remains instanceof ResumePoint.HandedOut)) {
          creations.restore(imageStage.kind(), thing.id());
        }
      }
      case Resources.SNAPSHOT -> {
        if (remains instanceof ResumePoint.Unfinished image) {
          creations.restore(resources.snapshot(thing.id()), Resources.IMAGE, image.imageId());
        }
      }
      default ->
          workshop.events().warn("The " + thing.kind() + " " + thing.id() + " is not removed.");
    }
  }

  /** An image that EC2 has found by its name is what the call has made whose answer was lost. */
  private void restoreFound(ResumePoint.Unfinished image) {
    Intent unanswered = image.unanswered();
    if (unanswered != null) {
      workshop.creations().restore(imageStage.kind(), image.imageId());
      workshop.journal().created(unanswered.seq(), Resources.IMAGE, image.imageId());
    }
  }

  private void restoreLost(Intent intent) {
    ResourceTracker creations = workshop.creations();
    Resources resources = workshop.resources();
    Kind<?> kind =
        switch (intent.kind()) {
          case Resources.KEY_PAIR -> resources.keyPair();
          case Resources.SECURITY_GROUP -> resources.securityGroup();
          case Resources.INSTANCE -> resources.instance();
          // An image was looked for already, and will be made under the same name: looked for at
          // the
          // end, it would be found. A snapshot is found with its image.
          default -> null;
        };
    if (kind != null) {
      intent.find().values().forEach(key -> creations.restoreLost(kind, key));
    }
  }
}
