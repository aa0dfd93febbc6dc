package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.config.ImageSpec;
import io.wizzie.wcs.ami.ec2.AvailableImage;
import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.Images.NewImage;
import io.wizzie.wcs.ami.pipeline.ResourceTracker.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the image, and while it is pending removes what is no longer needed. */
final class ImageStage {
  /** What the journal finds an image by whose ID it never got. */
  static final String FINDER = "image-name";

  private final ImageSpec spec;
  private final BuildId buildId;
  private final Ec2Verbs ec2;
  private final ResourceTracker creations;
  private final CleanupStack cleanup;
  private final Resources resources;

  ImageStage(BuildSession session) {
    this.spec = session.spec().image();
    this.buildId = session.buildId();
    this.ec2 = session.ec2();
    this.creations = session.creations();
    this.cleanup = session.cleanup();
    this.resources = session.resources();
  }

  /** How an image is removed, with its snapshots. */
  Kind<String> kind() {
    return resources.image(this::remove);
  }

  /**
   * Makes an image of the stopped instance.
   *
   * @param temporaryKey name of a key pair that can go when the image is begun; null for none
   */
  AvailableImage run(String instanceId, NewImage image, @Nullable String temporaryKey) {
    String imageId =
        creations.create(
            kind(),
            FINDER,
            image.name(),
            () -> ec2.images().create(instanceId, image, buildId.value()));
    return await(imageId, temporaryKey);
  }

  /** Waits for an image that was begun. */
  AvailableImage await(String imageId, @Nullable String temporaryKey) {
    // Terminating the instance now is reported to fail the pending image; the key pair can go.
    if (temporaryKey != null) {
      cleanup.removeNow(resources.id(ResourceKind.KEY_PAIR, temporaryKey));
    }
    return ec2.imageCompletion()
        .await(
            imageId,
            spec.timeout(),
            snapshotId ->
                creations.found(
                    resources.snapshot(snapshotId), resources.id(ResourceKind.IMAGE, imageId)));
  }

  /** Gives the image its last attributes. */
  AvailableImage attributes(AvailableImage image) {
    if (spec.imdsV2Only()) {
      ec2.images().requireImdsV2(image.imageId());
    }
    return image;
  }

  /** Marks the image as one that may be handed out; from then on it is not removed any more. */
  AvailableImage finish(AvailableImage image) {
    ec2.images().markFinished(image);
    creations.handOut(image, resources);
    return image;
  }

  /** The image stays, though it is not handed out: it is not marked as finished. */
  void keep(AvailableImage image) {
    String reason = "failed its verification, and is kept on purpose (--keep)";
    // In the order in which they can be removed.
    cleanup.leave(resources.id(ResourceKind.IMAGE, image.imageId()), reason);
    image
        .snapshotIds()
        .forEach(id -> cleanup.leave(resources.id(ResourceKind.SNAPSHOT, id), reason));
  }

  // The snapshots outlive their image and are asked for before it is gone. Those that were seen
  // stand on the stack already; removing a snapshot twice is harmless.
  private void remove(String imageId, @Nullable Instant madeAt) {
    List<String> snapshotIds = ec2.images().snapshotIds(imageId);
    if (snapshotIds.isEmpty()) {
      snapshotIds = ec2.snapshots().ofBuild(buildId.value());
    }
    ec2.images().deregister(imageId, madeAt);
    snapshotIds.forEach(
        id -> {
          cleanup.forget(resources.id(ResourceKind.SNAPSHOT, id));
          cleanup.push(resources.snapshot(id));
        });
  }
}
