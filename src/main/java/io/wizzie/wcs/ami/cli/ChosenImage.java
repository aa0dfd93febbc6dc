package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The container image that the user chose as the base with {@code local up --image}. */
final class ChosenImage {
  private final Path file;

  ChosenImage(Path stateFolder) {
    this.file = stateFolder.resolve("chosen-image");
  }

  /** Empty when this program makes one of its own. */
  Optional<String> get() {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /** Chooses an image for this and all later commands; an empty name goes back to none. */
  void choose(String image) {
    if (image.isBlank()) {
      forget();
      return;
    }
    try {
      PrivateFiles.createFolderOf(file);
      PrivateFiles.write(file, image.strip() + "\n");
    } catch (IOException e) {
      throw failed("written", e);
    }
  }

  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("removed", e);
    }
  }

  private BuildException failed(String doing, IOException cause) {
    return Category.HOST.failure("The file " + file + " can't be " + doing + ": " + cause, cause);
  }
}
