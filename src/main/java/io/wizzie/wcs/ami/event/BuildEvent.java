package io.wizzie.wcs.ami.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
@JsonSubTypes({
  @JsonSubTypes.Type(value = BuildEvent.StageStarted.class, name = "stage-started"),
  @JsonSubTypes.Type(value = BuildEvent.StageFinished.class, name = "stage-finished"),
  @JsonSubTypes.Type(value = BuildEvent.StageFailed.class, name = "stage-failed"),
  @JsonSubTypes.Type(value = BuildEvent.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = BuildEvent.GuestOutput.class, name = "guest-output"),
  @JsonSubTypes.Type(value = BuildEvent.Warning.class, name = "warning"),
  @JsonSubTypes.Type(value = BuildEvent.ResourceCreated.class, name = "resource-created"),
  @JsonSubTypes.Type(value = BuildEvent.ResourceRemoved.class, name = "resource-removed"),
  @JsonSubTypes.Type(value = BuildEvent.ImageKept.class, name = "image-kept"),
  @JsonSubTypes.Type(value = BuildEvent.ResourceLeft.class, name = "resource-left")
})
public sealed interface BuildEvent {
  /** When it happened. */
  Instant at();

  /** ID of the build in which it happened; empty for what happens outside a build. */
  String buildId();

  /** The same, in that build: what speaks of it need not know in which build it works. */
  BuildEvent in(String buildId);

  /** As the log has it. */
  String describe();

  /**
   * A stage began; {@code name} is its stable name, such as {@code launch}, {@code title} is for
   * people.
   */
  record StageStarted(Instant at, String buildId, @JsonProperty("stage") String name, String title)
      implements BuildEvent {
    public StageStarted(Instant at, String name, String title) {
      this(at, "", name, title);
    }

    @Override
    public StageStarted in(String build) {
      return new StageStarted(at, build, name, title);
    }

    @Override
    public String describe() {
      return "STAGE " + name + " started: " + title;
    }
  }

  /** A stage succeeded; {@code result} is one line on what it yielded, possibly empty. */
  record StageFinished(
      Instant at,
      String buildId,
      @JsonProperty("stage") String name,
      String result,
      @JsonProperty("elapsedSeconds") Duration elapsed)
      implements BuildEvent {
    public StageFinished(Instant at, String name, String result, Duration elapsed) {
      this(at, "", name, result, elapsed);
    }

    @Override
    public StageFinished in(String build) {
      return new StageFinished(at, build, name, result, elapsed);
    }

    @Override
    public String describe() {
      return "STAGE %s finished in %s: %s".formatted(name, DurationText.elapsed(elapsed), result);
    }
  }

  /** A stage failed. */
  record StageFailed(
      Instant at,
      String buildId,
      @JsonProperty("stage") String name,
      String message,
      @JsonProperty("elapsedSeconds") Duration elapsed)
      implements BuildEvent {
    public StageFailed(Instant at, String name, String message, Duration elapsed) {
      this(at, "", name, message, elapsed);
    }

    @Override
    public StageFailed in(String build) {
      return new StageFailed(at, build, name, message, elapsed);
    }

    @Override
    public String describe() {
      return "STAGE %s failed after %s: %s".formatted(name, DurationText.elapsed(elapsed), message);
    }
  }

  /** One line on what the current stage is doing, such as {@code i-0abc is pending}. */
  record Progress(Instant at, String buildId, String message) implements BuildEvent {
    public Progress(Instant at, String message) {
      this(at, "", message);
    }

    @Override
    public Progress in(String build) {
      return new Progress(at, build, message);
    }

    @Override
    public String describe() {
      return message;
    }
  }

  /**
   * A line that a program in the guest printed; {@code source} names it, such as {@code chef-solo}.
   */
  record GuestOutput(Instant at, String buildId, String source, String line) implements BuildEvent {
    public GuestOutput(Instant at, String source, String line) {
      this(at, "", source, line);
    }

    @Override
    public GuestOutput in(String build) {
      return new GuestOutput(at, build, source, line);
    }

    @Override
    public String describe() {
      return source + "| " + line;
    }
  }

  /** Something the user should know that does not stop the build. */
  record Warning(Instant at, String buildId, String message) implements BuildEvent {
    public Warning(Instant at, String message) {
      this(at, "", message);
    }

    @Override
    public Warning in(String build) {
      return new Warning(at, build, message);
    }

    @Override
    public String describe() {
      return "WARNING " + message;
    }
  }

  /** A resource exists now. */
  record ResourceCreated(Instant at, String buildId, @JsonUnwrapped ResourceId resource)
      implements BuildEvent {
    public ResourceCreated(Instant at, ResourceId resource) {
      this(at, "", resource);
    }

    @Override
    public ResourceCreated in(String build) {
      return new ResourceCreated(at, build, resource);
    }

    @Override
    public String describe() {
      return "CREATED " + resource;
    }
  }

  /** A resource is gone. */
  record ResourceRemoved(Instant at, String buildId, @JsonUnwrapped ResourceId resource)
      implements BuildEvent {
    public ResourceRemoved(Instant at, ResourceId resource) {
      this(at, "", resource);
    }

    @Override
    public ResourceRemoved in(String build) {
      return new ResourceRemoved(at, build, resource);
    }

    @Override
    public String describe() {
      return "REMOVED " + resource;
    }
  }

  /**
   * The image is finished, and stays with its snapshots: nothing and nobody is to remove them from
   * now on.
   */
  record ImageKept(Instant at, String buildId, String imageId, List<String> snapshotIds)
      implements BuildEvent {
    public ImageKept {
      snapshotIds = List.copyOf(snapshotIds);
    }

    public ImageKept(Instant at, String imageId, List<String> snapshotIds) {
      this(at, "", imageId, snapshotIds);
    }

    @Override
    public ImageKept in(String build) {
      return new ImageKept(at, build, imageId, snapshotIds);
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
  record SecretKnown(Instant at, String buildId, @JsonIgnore String secret) implements BuildEvent {
    public SecretKnown(Instant at, String secret) {
      this(at, "", secret);
    }

    @Override
    public SecretKnown in(String build) {
      return new SecretKnown(at, build, secret);
    }

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
  record ResourceLeft(
      Instant at, String buildId, @JsonUnwrapped ResourceId resource, String reason, String removal)
      implements BuildEvent {
    public ResourceLeft(Instant at, ResourceId resource, String reason, String removal) {
      this(at, "", resource, reason, removal);
    }

    @Override
    public ResourceLeft in(String build) {
      return new ResourceLeft(at, build, resource, reason, removal);
    }

    @Override
    public String describe() {
      return "LEFT %s: %s; remove it with: %s".formatted(resource, reason, removal);
    }
  }
}
