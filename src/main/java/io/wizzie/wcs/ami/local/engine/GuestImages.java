package io.wizzie.wcs.ami.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.local.engine.CommandRunner.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The container images of one region, those that guests became. */
final class GuestImages {
  static final String REPOSITORY = "localhost/wcs-ami/";

  private static final Duration COMMIT = Duration.ofMinutes(15);
  private static final Duration EXPORT = Duration.ofMinutes(30);

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
    // The newest come first, so that none goes before one that is made of it.
    for (String id : ids().lines().distinct().toList()) {
      Outcome outcome = calls.attempt(List.of("rmi", "--force", id));
      if (!outcome.succeeded() && !RuntimeCalls.isMissing(outcome)) {
        throw calls.failure("remove the image " + id, outcome);
      }
    }
  }

  /** Sizes in bytes of this region's images, by reference. */
  Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    for (JsonNode image : calls.inspectAll("image", ids())) {
      String imageRef = image.path("Config").path("Labels").path(Labels.IMAGE).asText();
      for (JsonNode tag : image.path("RepoTags")) {
        // Not one that was removed and only waits for its last guest to go.
        if (tag.asText().equals(name(imageRef))) {
          sizes.put(imageRef, image.path("Size").asLong());
        }
      }
    }
    return sizes;
  }

  /**
   * Writes an image's file system as a tar archive, by way of a container that is never started.
   */
  void export(String imageRef, Path target) {
    String container =
        calls
            .call(
                "open the image " + imageRef,
                List.of(
                    "create",
                    "--pull",
                    "never",
                    "--label",
                    Labels.EXPORT + "=" + region,
                    name(imageRef),
                    "/bin/true"))
            .strip();
    try {
      calls.call(
          "export the image " + imageRef,
          List.of("export", "--output", target.toString(), container),
          EXPORT);
    } finally {
      calls.call("close the image " + imageRef, List.of("rm", "--force", container));
    }
  }

  /** Removes what exports left that were killed. */
  void removeExports() {
    String containers =
        calls.call(
            "list the unfinished exports",
            List.of("ps", "--all", "--quiet", "--filter", "label=" + Labels.EXPORT + "=" + region));
    for (String container : containers.lines().filter(id -> !id.isBlank()).toList()) {
      calls.call("remove an unfinished export", List.of("rm", "--force", container));
    }
  }

  private String ids() {
    return calls.call(
        "list the images",
        List.of("images", "--quiet", "--filter", "label=" + Labels.REGION + "=" + region));
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
    String reason = outcome.stderr();
    return reason.contains("in use")
        || reason.contains("is using")
        || reason.contains("being used");
  }
}
