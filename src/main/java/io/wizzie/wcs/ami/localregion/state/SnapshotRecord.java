package io.wizzie.wcs.ami.localregion.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot.
 *
 * @param contentRef the {@link ContentRecord} that it stands for; null for that of a data volume,
 *     which has none
 * @param permittedUsers account IDs that may make volumes of it
 * @param permittedGroups {@code all} or nothing
 */
public record SnapshotRecord(
    String id,
    String ownerId,
    @Nullable String ownerAlias,
    String volumeId,
    int sizeGib,
    @Nullable String description,
    Instant started,
    boolean encrypted,
    @Nullable String kmsKeyId,
    @Nullable String contentRef,
    List<String> permittedUsers,
    List<String> permittedGroups) {
  public SnapshotRecord {
    permittedUsers = List.copyOf(permittedUsers);
    permittedGroups = List.copyOf(permittedGroups);
  }

  public SnapshotRecord withPermissions(List<String> users, List<String> groups) {
    return new SnapshotRecord(
        id,
        ownerId,
        ownerAlias,
        volumeId,
        sizeGib,
        description,
        started,
        encrypted,
        kmsKeyId,
        contentRef,
        users,
        groups);
  }
}
