package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** Snapshots behind the image. */
public record Snapshots(Ec2Client client, Waiter waiter) {
  /** IDs of the snapshots that a build made. */
  public List<String> ofBuild(String buildId) {
    return describe(
            request ->
                request
                    .ownerIds("self")
                    .filters(Filters.of("tag:" + ProjectTags.BUILD_ID, buildId)))
        .stream()
        .map(Snapshot::snapshotId)
        .toList();
  }

  List<Snapshot> describe(List<String> snapshotIds) {
    return describe(request -> request.snapshotIds(snapshotIds));
  }

  /** Such as {@code snap-0abc 42%}. */
  static String progress(List<Snapshot> snapshots) {
    return snapshots.stream()
        .map(
            snapshot ->
                snapshot.snapshotId()
                    + (snapshot.progress() == null || snapshot.progress().isEmpty()
                        ? ""
                        : " " + snapshot.progress()))
        .collect(Collectors.joining(", "));
  }

  /** Deletes a snapshot, waiting while its image still holds it; one that is gone is no error. */
  public void delete(String snapshotId) {
    // Deregistering takes a moment to release the snapshots.
    waiter.deleteOnceReleased(
        snapshotId,
        null,
        Set.of("InvalidSnapshot.InUse"),
        () ->
            Ec2Calls.call(
                "DeleteSnapshot",
                "Deleting snapshot " + snapshotId,
                () -> client.deleteSnapshot(request -> request.snapshotId(snapshotId))));
  }

  private List<Snapshot> describe(Consumer<DescribeSnapshotsRequest.Builder> request) {
    return Ec2Calls.call(
            "DescribeSnapshots",
            "Looking at the snapshots",
            () -> client.describeSnapshots(request))
        .snapshots();
  }
}
