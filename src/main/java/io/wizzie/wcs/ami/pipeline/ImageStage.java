package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.ec2.AvailableImage;
import io.wizzie.wcs.ami.ec2.Images.NewImage;
import io.wizzie.wcs.ami.pipeline.ResourceTracker.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the image, and while it is pending removes what is no longer needed. */
record ImageStage(BuildSession session) {
  /** What the journal finds an image by whose ID it never got. */
  static final String FINDER = "image-name";

  /** How an image is removed, with its snapshots. */
  Kind<String> kind() {
    return session.resources().image(this::remove);
  }

  /**
   * Makes an image of the stopped instance.
   *
   * @param temporaryKey name of a key pair that can go when the image is begun; null for none
   */
  AvailableImage run(String instanceId, NewImage image, @Nullable String temporaryKey) {
    String imageId =
        session.create(
            kind(),
            FINDER,
            image.name(),
            () -> session.ec2().images().create(instanceId, image, session.buildId().value()));
    return await(imageId, temporaryKey);
  }

  /** Waits for an image that was begun. */
  AvailableImage await(String imageId, @Nullable String temporaryKey) {
    // Terminating the instance now is reported to fail the pending image; the key pair can go.
    if (temporaryKey != null) {
      session.cleanup().removeNow(session.id(ResourceKind.KEY_PAIR, temporaryKey));
    }
    return session
        .ec2()
        .imageCompletion()
        .await(
            imageId,
            session.spec().image().timeout(),
            snapshotId ->
                session
                    .creations()
                    .found(
                        session.resources().snapshot(snapshotId),
                        session.id(ResourceKind.IMAGE, imageId)));
  }

  /** Gives the image its last attributes. */
  AvailableImage attributes(AvailableImage image) {
    if (session.spec().image().imdsV2Only()) {
      session.ec2().images().requireImdsV2(image.imageId());
    }
    return image;
  }

  /** Marks the image as one that may be handed out; from then on it is not removed any more. */
  AvailableImage finish(AvailableImage image) {
    session.ec2().images().markFinished(image);
    session.creations().handOut(image, session.resources());
    return image;
  }

  /** The image stays, though it is not handed out: it is not marked as finished. */
  void keep(AvailableImage image) {
    String reason = "failed its verification, and is kept on purpose (--keep)";
    // In the order in which they can be removed.
    session.cleanup().leave(session.id(ResourceKind.IMAGE, image.imageId()), reason);
    image
        .snapshotIds()
        .forEach(id -> session.cleanup().leave(session.id(ResourceKind.SNAPSHOT, id), reason));
  }

  // The snapshots outlive their image and are asked for before it is gone. Those that were seen
  // stand on the stack already; removing a snapshot twice is harmless.
  private void remove(String imageId, @Nullable Instant madeAt) {
    List<String> snapshotIds = session.ec2().images().snapshotIds(imageId);
    if (snapshotIds.isEmpty()) {
      snapshotIds = session.ec2().snapshots().ofBuild(session.buildId().value());
    }
    session.ec2().images().deregister(imageId, madeAt);
    snapshotIds.forEach(
        id -> {
          session.cleanup().forget(session.id(ResourceKind.SNAPSHOT, id));
          session.cleanup().push(session.resources().snapshot(id));
        });
  }
}
