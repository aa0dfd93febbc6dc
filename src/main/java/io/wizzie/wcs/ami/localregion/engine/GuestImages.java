package io.wizzie.wcs.ami.localregion.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Sleeper;
import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The container images of one region, those that guests became. */
record GuestImages(RuntimeCalls calls, String region, Sleeper sleeper) {
  static final String REPOSITORY = "localhost/wcs-ami/";

  private static final Duration COMMIT = Duration.ofMinutes(15);
  private static final Duration EXPORT = Duration.ofMinutes(30);

  /** What a process that is about to end still holds is free after this, so many times. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final int REMOVALS = 10;

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
    String id = calls.imageId(name(imageRef)).orElse(null);
    if (id == null) {
      return;
    }
    // An image in use can't lose its last name, so it gets another one first.
    Outcome renamed = calls.attempt(List.of("tag", id, removedName(id)));
    if (!renamed.succeeded() && !RuntimeCalls.isMissing(renamed)) {
      throw calls.failure("rename the image " + imageRef, renamed);
    }
    String removing = "remove the image " + imageRef;
    if (!calls.remove(removing, List.of("rmi", name(imageRef)))) {
      throw inUse(1);
    }
    removeUnused();
  }

  /** Removes what {@link #remove} had to leave, as far as no guest needs it any more. */
  void removeUnused() {
    List<String> names =
        calls.list(
            "list the removed images",
            List.of(
                "images",
                "--filter",
                "reference=" + REPOSITORY + region + "/removed",
                "--format",
                "{{.Repository}}:{{.Tag}}"));
    for (String name : names) {
      if (name.contains("/removed:")) {
        boolean ignored = calls.remove("remove the image " + name, List.of("rmi", name));
      }
    }
  }

  /**
   * Removes every image of this region; no guest may be left. Another process may be at it too, or
   * still hold one for a moment.
   */
  void removeAll() {
    for (int round = 1; ; round++) {
      int left = 0;
      // The newest come first, so that none goes before one that is made of it.
      for (String id : ids().stream().distinct().toList()) {
        left += calls.remove("remove the image " + id, List.of("rmi", "--force", id)) ? 0 : 1;
      }
      if (left == 0) {
        return;
      }
      if (round == REMOVALS || !paused()) {
        throw inUse(left);
      }
    }
  }

  private boolean paused() {
    try {
      sleeper.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static BuildException inUse(int count) {
    return Category.HOST.failure(
        "Another process uses %d images of the local region. Try again when it has ended."
            .formatted(count));
  }

  /** Sizes in bytes of this region's images, by reference. */
  Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    for (JsonNode image : calls.inspectAll(List.of("image", "inspect"), ids())) {
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
    List<String> containers =
        calls.list(
            "list the unfinished exports",
            List.of("ps", "--all", "--quiet", "--filter", "label=" + Labels.EXPORT + "=" + region));
    for (String container : containers) {
      boolean ignored =
          calls.remove("remove an unfinished export", List.of("rm", "--force", container));
    }
  }

  private List<String> ids() {
    return calls.list(
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
}
