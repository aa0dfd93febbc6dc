package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Sha256;
import io.wizzie.wcs.ami.localregion.engine.CommandRunner.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the system comes from that the base image is made of. */
record SystemTrees(
    RuntimeCalls calls,
    Mmdebstrap mmdebstrap,
    HostSystem host,
    Path workFolder,
    @Nullable String userImage) {
  private static final String REPOSITORY = GuestImages.REPOSITORY + "system";

  /** For hosts whose own distribution can't be made with mmdebstrap. */
  private static final String CONTAINER_IMAGE = "docker.io/library/debian:12";

  private static final Set<String> MADE_WITH_MMDEBSTRAP = Set.of("debian", "ubuntu");
  private static final Duration DOWNLOAD = Duration.ofMinutes(20);

  /** What the tree is made of, as text that changes when something else would come out. */
  String recipe() {
    if (userImage != null) {
      // The name may come to mean another image.
      return "image " + calls.imageId(userImage).orElse(userImage);
    }
    return isMadeFromMirror() ? mmdebstrap.recipe() : "image " + CONTAINER_IMAGE;
  }

  /** The packages that the tree has to have; those it lacks are installed in it. */
  List<String> packages() {
    // A user's own image is as its user wants it.
    return userImage == null ? Packages.ALL : Packages.REQUIRED;
  }

  /** The reference of a container image with the tree, made or downloaded if there is none. */
  String ensure(boolean rebuild, Consumer<String> progress) {
    if (userImage != null) {
      return pulled(userImage, false, progress);
    }
    return isMadeFromMirror()
        ? mirrored(rebuild, progress)
        : pulled(CONTAINER_IMAGE, rebuild, progress);
  }

  private boolean isMadeFromMirror() {
    return MADE_WITH_MMDEBSTRAP.contains(host.release().id())
        && host.release().codename() != null
        && !host.sources().isEmpty();
  }

  private String pulled(String image, boolean again, Consumer<String> progress) {
    if (again || calls.inspect("image", image).isEmpty()) {
      progress.accept("downloading the container image " + image);
      Outcome outcome = calls.attempt(List.of("pull", image), DOWNLOAD);
      if (!outcome.succeeded()) {
        throw Category.HOST.failure(
            "The container image %s cannot be had: %s. Name one that is on this machine as the"
                    .formatted(image, outcome.reason())
                + " local region's base image, or work on Debian or Ubuntu, where none is needed.");
      }
    }
    return image;
  }

  /** ID of the image that a rebuild would replace; empty when there is none of this program's. */
  Optional<String> replaceable() {
    return userImage == null && isMadeFromMirror()
        ? calls.imageId(mirroredRef())
        : Optional.empty();
  }

  private String mirroredRef() {
    return REPOSITORY + ":" + Sha256.shortened(recipe().getBytes(StandardCharsets.UTF_8));
  }

  private String mirrored(boolean rebuild, Consumer<String> progress) {
    String imageRef = mirroredRef();
    if (!rebuild && calls.inspect("image", imageRef).isPresent()) {
      return imageRef;
    }
    progress.accept(
        "making %s from this machine's mirror with mmdebstrap (half a minute)"
            .formatted(host.release().prettyName()));
    Path tar = workFolder.resolve("system.tar");
    HostFiles.createFolder(workFolder);
    mmdebstrap.make(tar, progress);
    progress.accept("importing it as a container image");
    calls.call(
        "import the system of the base image",
        List.of("import", tar.toString(), imageRef),
        DOWNLOAD);
    return imageRef;
  }
}
