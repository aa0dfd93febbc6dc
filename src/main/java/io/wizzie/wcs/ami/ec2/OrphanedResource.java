package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something of this project that exists in a region.
 *
 * @param buildId empty when a journal's finder, and not the tag, led to it
 * @param state in EC2's words; empty where it has none
 * @param finished whether it is, or belongs to, an image that was handed out
 * @param aliveUntil until when the build's heartbeat vouches for it; null when there was none
 */
public record OrphanedResource(
    ResourceId resource,
    String buildId,
    String state,
    boolean finished,
    @Nullable Instant aliveUntil) {
  public ResourceKind kind() {
    return resource.kind();
  }

  public String id() {
    return resource.id();
  }

  /** The same, of the build whose journal led to it. */
  public OrphanedResource of(String build) {
    return new OrphanedResource(resource, build, state, finished, aliveUntil);
  }
}
