package io.wizzie.wcs.ami.journal;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.time.Instant;

/** A resource that a build created, as its journal has it. */
public record RecordedResource(ResourceId resource, Instant createdAt, Fate fate) {
  /** What became of it, as far as it was recorded. */
  public enum Fate {
    CREATED,
    REMOVED,
    LEFT,
    /** Handed out: it is the build's result. */
    KEPT
  }

  /** As EC2 removes it. */
  public String id() {
    return resource.id();
  }

  /** Whether it is of that kind. */
  public boolean is(ResourceKind kind) {
    return resource.kind() == kind;
  }

  /** Whether it may still be there and is not meant to be. */
  public boolean isUnaccounted() {
    return fate == Fate.CREATED || fate == Fate.LEFT;
  }
}
