package io.wizzie.wcs.ami.journal;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.base.PrivateFiles;
import io.wizzie.wcs.ami.base.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The build's own folder, {@code output/<build-id>}, readable by the user alone. */
public record BuildFolder(Path path) {
  public BuildFolder {
    path = path.toAbsolutePath();
  }

  public static BuildFolder make(Path outputFolder, BuildId buildId) {
    BuildFolder made = new BuildFolder(outputFolder.resolve(buildId.value()));
    return PrivateFiles.require(
        "The folder " + made.path + " can't be made",
        () -> {
          PrivateFiles.ownFolder(made.path);
          return made;
        });
  }

  public Path manifest() {
    return path.resolve("manifest.json");
  }

  /** Where the cookbook bundle lies during the build; it may hold a data-bag secret. */
  public Path bundleFolder() {
    Path folder = path.resolve("bundle");
    return PrivateFiles.require(
        "The folder " + folder + " can't be made", () -> PrivateFiles.createFolders(folder));
  }

  /** Removes the bundle, on every way out of the build. */
  public void removeBundle() {
    Path folder = path.resolve("bundle");
    if (!Files.exists(folder)) {
      return;
    }
    PrivateFiles.require(
        "The cookbook bundle in " + folder + " can't be deleted, delete it",
        () -> {
          try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
              Files.delete(file);
            }
          }
          return folder;
        });
  }

  /** Writes a file that only the user may read. */
  public Path writePrivate(String name, Secret content) {
    Path file = path.resolve(name);
    return PrivateFiles.require(
        file + " can't be written",
        () -> {
          Files.deleteIfExists(file);
          PrivateFiles.createNew(file);
          return Files.write(file, content.reveal());
        });
  }

  public Path write(String name, String text) {
    Path file = path.resolve(name);
    return PrivateFiles.require(file + " can't be written", () -> PrivateFiles.write(file, text));
  }
}
