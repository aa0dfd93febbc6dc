package io.wizzie.wcs.ami.ec2;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something of this project that exists in a region.
 *
 * @param id as EC2 deletes it; of a key pair that only a journal knows, its name
 * @param buildId empty when a journal's finder, and not the tag, led to it
 * @param state in EC2's words; empty where it has none
 * @param finished whether it is, or belongs to, an image that was handed out
 * @param aliveUntil until when the build's heartbeat vouches for it; null when there was none
 */
public record OrphanedResource(
    Kind kind,
    String id,
    String buildId,
    String state,
    boolean finished,
    @Nullable Instant aliveUntil) {

  /** What there is, in the order in which it can be removed. */
  public enum Kind {
    IMAGE("image"),
    SNAPSHOT("snapshot"),
    INSTANCE("instance"),
    VOLUME("volume"),
    SECURITY_GROUP("security group"),
    KEY_PAIR("key pair");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** In EC2's words, as in journal and events. */
    public String word() {
      return word;
    }
  }
}
