package io.wizzie.wcs.ami.localregion.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A guest's file system as the engine keeps it. Snapshots stand for it, and it is removed when
 * nothing does any more: neither a snapshot, nor an image, nor an instance that runs on it.
 *
 * @param ref what the engine knows it by
 * @param instanceId the guest it is copied from; null for the base image, which is never removed
 * @param ready when the copy was complete; null before that
 * @param failure why there is no copy; null if there is or will be one
 */
public record ContentRecord(
    String ref,
    @Nullable String instanceId,
    @Nullable Instant ready,
    long sizeBytes,
    @Nullable String failure) {

  public static ContentRecord of(String ref, String instanceId) {
    return new ContentRecord(ref, instanceId, null, 0, null);
  }

  public boolean base() {
    return instanceId == null;
  }

  /** Whether the engine has still to make the copy. */
  public boolean wanted() {
    return ready == null && failure == null;
  }

  public ContentRecord completed(Instant now, long bytes) {
    return new ContentRecord(ref, instanceId, now, bytes, null);
  }

  public ContentRecord failed(String why) {
    return new ContentRecord(ref, instanceId, null, 0, why);
  }
}
