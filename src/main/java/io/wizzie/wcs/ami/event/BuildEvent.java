package io.wizzie.wcs.ami.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Something that happened in a build. Listeners get these in order, from any thread. */
public sealed interface BuildEvent {
  /** When it happened. */
  Instant at();

  /**
   * A stage began; {@code name} is its stable name, such as {@code launch}, {@code title} is for
   * people.
   */
  record StageStarted(Instant at, String name, String title) implements BuildEvent {}

  /** A stage succeeded; {@code result} is one line on what it yielded, possibly empty. */
  record StageFinished(Instant at, String name, String result, Duration elapsed)
      implements BuildEvent {}

  /** A stage failed. */
  record StageFailed(Instant at, String name, String message, Duration elapsed)
      implements BuildEvent {}

  /** One line on what the current stage is doing, such as {@code i-0abc is pending}. */
  record Progress(Instant at, String message) implements BuildEvent {}

  /**
   * A line that a program in the guest printed; {@code source} names it, such as {@code chef-solo}.
   */
  record GuestOutput(Instant at, String source, String line) implements BuildEvent {}

  /** Something the user should know that does not stop the build. */
  record Warning(Instant at, String message) implements BuildEvent {}

  /** A resource exists now; {@code kind} in EC2's words, such as {@code instance}. */
  record ResourceCreated(Instant at, String kind, String id) implements BuildEvent {}

  /** A resource is gone. */
  record ResourceRemoved(Instant at, String kind, String id) implements BuildEvent {}

  /**
   * The image is finished, and stays with its snapshots: nothing and nobody is to remove them from
   * now on.
   */
  record ImageKept(Instant at, String imageId, List<String> snapshotIds) implements BuildEvent {
    public ImageKept {
      snapshotIds = List.copyOf(snapshotIds);
    }
  }

  /**
   * A secret that no text may hold from now on; {@link FanOut} keeps it to itself, so that no
   * listener ever gets it.
   */
  record SecretKnown(Instant at, String secret) implements BuildEvent {
    /** Never the secret. */
    @Override
    public String toString() {
      return "SecretKnown[at=" + at + "]";
    }
  }

  /** A resource is left behind; {@code removal} is the command that removes it. */
  record ResourceLeft(Instant at, String kind, String id, String reason, String removal)
      implements BuildEvent {}
}
