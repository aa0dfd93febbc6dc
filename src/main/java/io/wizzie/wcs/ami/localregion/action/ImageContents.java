package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.state.ContentRecord;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.RegionStore;
import java.util.List;
import java.util.Optional;

/** Finds the file system behind an image. */
public final class ImageContents {
  private ImageContents() {}

  /** What the engine knows the file system of an image by, which has the ID or, alone, the name. */
  public static String find(RegionStore store, String image) {
    // The base image is in every region, and is one file system.
    List<Optional<ContentRecord>> contents =
        store.transaction(
            transaction ->
                transaction.names().stream()
                    .map(transaction::region)
                    .flatMap(
                        state ->
                            state.images.values().stream()
                                .filter(one -> named(one, image))
                                .map(one -> ready(one, state)))
                    .distinct()
                    .toList());
    if (contents.isEmpty()) {
      throw failure("There is no image " + image + " in the local region");
    }
    if (contents.size() > 1) {
      throw failure("The name " + image + " is that of several images: give an ID");
    }
    return contents
        .get(0)
        .map(ContentRecord::ref)
        .orElseThrow(() -> failure("The image " + image + " has no file system, or not yet"));
  }

  private static boolean named(ImageRecord image, String name) {
    return image.registered() && (image.id().equals(name) || image.name().equals(name));
  }

  private static Optional<ContentRecord> ready(ImageRecord image, RegionState state) {
    return States.content(image, state).filter(content -> content.ready() != null);
  }

  private static BuildException failure(String what) {
    return Category.CONFIGURATION.failure(what + ". See `wcs-ami local status` for what there is.");
  }
}
