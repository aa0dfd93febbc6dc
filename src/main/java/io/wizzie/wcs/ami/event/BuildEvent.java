package io.wizzie.wcs.ami.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonAppend;
import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.base.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened in a build. Listeners get these in order, from any thread; as JSON each
 * is an object whose {@code event} names its kind.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonAppend(prepend = true, attrs = @JsonAppend.Attr("buildId"))
public sealed interface BuildEvent {
  /** When it happened. */
  Instant at();

  /** As the log has it. */
  String describe();

  /**
   * A stage began; {@code name} is its stable name, such as {@code launch}, {@code title} is for
   * people.
   */
  @JsonTypeName("stage-started")
  record StageStarted(Instant at, @JsonProperty("stage") String name, String title)
      implements BuildEvent {
    @Override
    public String describe() {
      return "STAGE " + name + " started: " + title;
    }
  }

  /** A stage succeeded; {@code result} is one line on what it yielded, possibly empty. */
  @JsonTypeName("stage-finished")
  record StageFinished(
      Instant at,
      @JsonProperty("stage") String name,
      String result,
      @JsonProperty("elapsedSeconds") Duration elapsed)
      implements BuildEvent {
    @Override
    public String describe() {
      return "STAGE %s finished in %s: %s".formatted(name, DurationText.elapsed(elapsed), result);
    }
  }

  /** A stage failed. */
  @JsonTypeName("stage-failed")
  record StageFailed(
      Instant at,
      @JsonProperty("stage") String name,
      String message,
      @JsonProperty("elapsedSeconds") Duration elapsed)
      implements BuildEvent {
    @Override
    public String describe() {
      return "STAGE %s failed after %s: %s".formatted(name, DurationText.elapsed(elapsed), message);
    }
  }

  /** One line on what the current stage is doing, such as {@code i-0abc is pending}. */
  @JsonTypeName("progress")
  record Progress(Instant at, String message) implements BuildEvent {
    @Override
    public String describe() {
      return message;
    }
  }

  /**
   * A line that a program in the guest printed; {@code source} names it, such as {@code chef-solo}.
   */
  @JsonTypeName("guest-output")
  record GuestOutput(Instant at, String source, String line) implements BuildEvent {
    @Override
    public String describe() {
      return source + "| " + line;
    }
  }

  /** Something the user should know that does not stop the build. */
  @JsonTypeName("warning")
  record Warning(Instant at, String message) implements BuildEvent {
    @Override
    public String describe() {
      return "WARNING " + message;
    }
  }

  /** A resource exists now. */
  @JsonTypeName("resource-created")
  record ResourceCreated(Instant at, @JsonUnwrapped ResourceId resource) implements BuildEvent {
    @Override
    public String describe() {
      return "CREATED " + resource;
    }
  }

  /** A resource is gone. */
  @JsonTypeName("resource-removed")
  record ResourceRemoved(Instant at, @JsonUnwrapped ResourceId resource) implements BuildEvent {
    @Override
    public String describe() {
      return "REMOVED " + resource;
    }
  }

  /**
   * The image is finished, and stays with its snapshots: nothing and nobody is to remove them from
   * now on.
   */
  @JsonTypeName("image-kept")
  record ImageKept(Instant at, String imageId, List<String> snapshotIds) implements BuildEvent {
    public ImageKept {
      snapshotIds = List.copyOf(snapshotIds);
    }

    @Override
    public String describe() {
      return "KEPT image %s with %s".formatted(imageId, snapshotIds);
    }
  }

  /**
   * A secret that no text may hold from now on; {@link FanOut} keeps it to itself, so that no
   * listener ever gets it.
   */
  record SecretKnown(Instant at, @JsonIgnore String secret) implements BuildEvent {
    @Override
    public String describe() {
      return "SECRET";
    }

    /** Never the secret. */
    @Override
    public String toString() {
      return "SecretKnown[at=" + at + "]";
    }
  }

  /** A resource is left behind; {@code removal} is the command that removes it. */
  @JsonTypeName("resource-left")
  record ResourceLeft(Instant at, @JsonUnwrapped ResourceId resource, String reason, String removal)
      implements BuildEvent {
    @Override
    public String describe() {
      return "LEFT %s: %s; remove it with: %s".formatted(resource, reason, removal);
    }
  }
}
