package io.wizzie.wcs.ami.journal;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.base.PrivateFiles;
import io.wizzie.wcs.ami.base.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The build's own folder, {@code output/<build-id>}, readable by the user alone. */
public final class BuildFolder {
  private final Path path;

  private BuildFolder(Path path) {
    this.path = path;
  }

  public static BuildFolder make(Path outputFolder, BuildId buildId) {
    Path path = outputFolder.toAbsolutePath().resolve(buildId.value());
    try {
      PrivateFiles.ownFolder(path);
    } catch (IOException | UnsupportedOperationException failed) {
      throw Category.HOST.failure("The folder " + path + " can't be made: " + failed, failed);
    }
    return new BuildFolder(path);
  }

  /** One that a build has made. */
  public static BuildFolder existing(Path path) {
    return new BuildFolder(path);
  }

  public Path path() {
    return path;
  }

  public Path manifest() {
    return path.resolve("manifest.json");
  }

  /** Where the cookbook bundle lies during the build; it may hold a data-bag secret. */
  public Path bundleFolder() {
    Path folder = path.resolve("bundle");
    try {
      return PrivateFiles.createFolders(folder);
    } catch (IOException failed) {
      throw Category.HOST.failure("The folder " + folder + " can't be made: " + failed, failed);
    }
  }

  /** Removes the bundle, on every way out of the build. */
  public void removeBundle() {
    Path folder = path.resolve("bundle");
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException | UncheckedIOException failed) {
      throw Category.HOST.failure(
          "The cookbook bundle in " + folder + " can't be deleted, delete it: " + failed, failed);
    }
  }

  /** Writes a file that only the user may read. */
  public Path writePrivate(String name, Secret content) {
    Path file = path.resolve(name);
    try {
      Files.deleteIfExists(file);
      PrivateFiles.createNew(file);
      return Files.write(file, content.reveal());
    } catch (IOException failed) {
      throw Category.HOST.failure(file + " can't be written: " + failed, failed);
    }
  }

  public Path write(String name, String text) {
    Path file = path.resolve(name);
    try {
      return PrivateFiles.write(file, text);
    } catch (IOException failed) {
      throw Category.HOST.failure(file + " can't be written: " + failed, failed);
    }
  }

  public Path writeLines(String name, List<String> lines) {
    Path file = path.resolve(name);
    try {
      return PrivateFiles.write(file, String.join("\n", lines) + "\n");
    } catch (IOException failed) {
      throw Category.HOST.failure(file + " can't be written: " + failed, failed);
    }
  }
}
