package io.wizzie.wcs.ami.base;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of resources that a build makes in EC2, in the order in which they can be removed. */
public enum ResourceKind {
  IMAGE("image"),
  SNAPSHOT("snapshot"),
  INSTANCE("instance"),
  VOLUME("volume"),
  SECURITY_GROUP("security group"),
  KEY_PAIR("key pair");

  private final String word;

  ResourceKind(String word) {
    this.word = word;
  }

  /** The kind that a journal or an event names. */
  public static Optional<ResourceKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** The kind whose resources keep EC2 from removing one of this; null when nothing does. */
  public @Nullable ResourceKind user() {
    return switch (this) {
      case SNAPSHOT -> IMAGE;
      case SECURITY_GROUP -> INSTANCE;
      case IMAGE, INSTANCE, VOLUME, KEY_PAIR -> null;
    };
  }

  /** In EC2's words, as people, journals and documents name it. */
  @Override
  public String toString() {
    return word;
  }
}
