package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.ec2.Waiter.Poll;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** Waits for a pending image. */
public record ImageCompletion(Images images, Snapshots snapshots, Waiter waiter) {
  /**
   * Waits until the image and all its snapshots are complete.
   *
   * @param onSnapshot gets each snapshot's ID when it becomes known; a pending image is first
   *     described without them
   * @throws BuildException category EC2 with EC2's state reason when the image failed
   */
  public AvailableImage await(String imageId, Duration timeout, Consumer<String> onSnapshot) {
    List<String> known = new ArrayList<>();
    return waiter.until(
        imageId + " to be available",
        timeout,
        "image.timeout",
        () -> {
          Image image = images.findOrNull(imageId);
          if (image == null) {
            return Poll.pending(imageId + " is not visible yet");
          }
          for (String snapshotId : Images.snapshotIds(image)) {
            if (!known.contains(snapshotId)) {
              known.add(snapshotId);
              onSnapshot.accept(snapshotId);
            }
          }
          return switch (image.stateAsString()) {
            case "available" -> complete(imageId, known);
            case "pending", "transient" -> Poll.pending(pending(imageId, known));
            default ->
                throw Category.EC2.failure(
                    "Image %s is %s instead of available: %s."
                        .formatted(imageId, image.stateAsString(), reason(image)));
          };
        },
        () -> {
          Image image = images.findOrNull(imageId);
          return image == null ? "" : "EC2 says: " + reason(image) + ".";
        });
  }

  // An image may be available a moment before DescribeSnapshots says that they are completed.
  private Poll<AvailableImage> complete(String imageId, List<String> snapshotIds) {
    if (snapshotIds.isEmpty()) {
      return Poll.pending(imageId + " is available, its snapshots are not visible yet");
    }
    List<Snapshot> found = describeSnapshots(snapshotIds);
    for (Snapshot snapshot : found) {
      if ("error".equals(snapshot.stateAsString())) {
        throw Category.EC2.failure(
            "Snapshot %s of %s failed: %s."
                .formatted(
                    snapshot.snapshotId(),
                    imageId,
                    snapshot.stateMessage() == null ? "no reason given" : snapshot.stateMessage()));
      }
    }
    boolean completed =
        found.size() == snapshotIds.size()
            && found.stream().allMatch(snapshot -> "completed".equals(snapshot.stateAsString()));
    return completed
        ? Poll.done(new AvailableImage(imageId, snapshotIds))
        : Poll.pending(imageId + " is available, completing " + Snapshots.progress(found));
  }

  private String pending(String imageId, List<String> snapshotIds) {
    String snapshotProgress =
        snapshotIds.isEmpty() ? "" : Snapshots.progress(describeSnapshots(snapshotIds));
    return imageId
        + " is pending"
        + (snapshotProgress.isEmpty() ? "" : " (" + snapshotProgress + ")");
  }

  private List<Snapshot> describeSnapshots(List<String> snapshotIds) {
    return Ec2Calls.ifFound(List.of(), () -> snapshots.describe(snapshotIds));
  }

  private static String reason(Image image) {
    return image.stateReason() == null || image.stateReason().message() == null
        ? "no reason given"
        : image.stateReason().message();
  }
}
