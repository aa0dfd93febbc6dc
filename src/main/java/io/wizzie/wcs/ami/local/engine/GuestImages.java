package io.wizzie.wcs.ami.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.local.engine.CommandRunner.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The container images of one region, those that guests became. */
final class GuestImages {
  static final String REPOSITORY = "localhost/wcs-ami/";

  private static final Duration COMMIT = Duration.ofMinutes(15);

  private final RuntimeCalls calls;
  private final String region;

  GuestImages(RuntimeCalls calls, String region) {
    this.calls = calls;
    this.region = region;
  }

  /** The container image that a reference names; the base image's names one by itself. */
  String name(String imageRef) {
    return imageRef.contains("/") ? imageRef : REPOSITORY + region + "/" + imageRef + ":latest";
  }

  /** Makes an image of a container's file system; a running one is paused for a moment. */
  void commit(String container, String imageRef, boolean running) {
    calls.call(
        "make the image %s of %s".formatted(imageRef, container),
        List.of(
            "commit",
            "--pause=" + running,
            "--change",
            "LABEL %s=%s".formatted(Labels.REGION, region),
            "--change",
            "LABEL %s=%s".formatted(Labels.IMAGE, imageRef),
            container,
            name(imageRef)),
        COMMIT);
  }

  /**
   * Removes an image, also while guests run from it: then only its name goes, and the rest with
   * {@link #removeUnused}.
   */
  void remove(String imageRef) {
    Optional<JsonNode> image = calls.inspect("image", name(imageRef));
    if (image.isEmpty()) {
      return;
    }
    String id = image.get().path("Id").asText();
    // An image in use can't lose its last name, so it gets another one first.
    calls.call("rename the image " + imageRef, List.of("tag", id, removedName(id)));
    calls.call("remove the image " + imageRef, List.of("rmi", name(imageRef)));
    removeUnused();
  }

  /** Removes what {@link #remove} had to leave, as far as no guest needs it any more. */
  void removeUnused() {
    String names =
        calls.call(
            "list the removed images",
            List.of(
                "images",
                "--filter",
                "reference=" + REPOSITORY + region + "/removed",
                "--format",
                "{{.Repository}}:{{.Tag}}"));
    for (String name : names.lines().filter(line -> line.contains("/removed:")).toList()) {
      Outcome outcome = calls.attempt(List.of("rmi", name));
      if (!outcome.succeeded() && !isInUse(outcome) && !RuntimeCalls.isMissing(outcome)) {
        throw calls.failure("remove the image " + name, outcome);
      }
    }
  }

  /** Removes every image of this region; no guest may be left. */
  void removeAll() {
    String names =
        calls.call(
            "list the images",
            List.of(
                "images",
                "--filter",
                "label=" + Labels.REGION + "=" + region,
                "--format",
                "{{.Repository}}:{{.Tag}}"));
    for (String name : names.lines().filter(line -> line.startsWith(REPOSITORY)).toList()) {
      Outcome outcome = calls.attempt(List.of("rmi", name));
      if (!outcome.succeeded() && !RuntimeCalls.isMissing(outcome)) {
        throw calls.failure("remove the image " + name, outcome);
      }
    }
  }

  /** Size of an image with all its layers, in bytes. */
  Optional<Long> size(String imageRef) {
    return calls.inspect("image", name(imageRef)).map(image -> image.path("Size").asLong());
  }

  private String removedName(String id) {
    String digest = id.substring(id.indexOf(':') + 1);
    return REPOSITORY + region + "/removed:" + digest.substring(0, Math.min(16, digest.length()));
  }

  private static boolean isInUse(Outcome outcome) {
    return outcome.stderr().contains("in use") || outcome.stderr().contains("being used");
  }
}
