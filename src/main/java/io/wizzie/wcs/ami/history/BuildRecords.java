package io.wizzie.wcs.ami.history;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The builds whose folders are in an output folder.
 *
 * @param workingDirectory what relative paths of manifests are relative to
 */
public record BuildRecords(Path outputFolder, Path workingDirectory) {
  private static final Pattern IMAGE_ID = Pattern.compile("ami-[0-9a-z]+");
  private static final String MANIFEST = "manifest.json";
  private static final int SHOWN = 5;

  /**
   * The build that somebody means by a manifest's path or its folder's, a build ID or an image ID.
   *
   * @throws BuildException category CONFIGURATION when there is none
   */
  public BuildRecord get(String meant) {
    if (IMAGE_ID.matcher(meant).matches()) {
      return ofImage(meant).orElseThrow(() -> unknown("Image", meant));
    }
    Path path = workingDirectory.resolve(meant).normalize();
    if (Files.isDirectory(path)) {
      return BuildRecord.read(path.resolve(MANIFEST), outputFolder);
    }
    if (Files.exists(path)) {
      return BuildRecord.read(path, outputFolder);
    }
    Path own = outputFolder.resolve(meant).normalize();
    if (own.startsWith(outputFolder) && Files.isDirectory(own)) {
      return ofBuild(own, meant);
    }
    throw unknown("Build or manifest", meant);
  }

  /** A manifest by its path. */
  public BuildRecord read(Path file) {
    return BuildRecord.read(workingDirectory.resolve(file).normalize(), outputFolder);
  }

  /** The build that made the image; empty when none of those here did. */
  public Optional<BuildRecord> ofImage(String imageId) {
    return readable().stream().filter(record -> record.imageId().equals(imageId)).findFirst();
  }

  /** The build that began last, of those that made an image. */
  public Optional<BuildRecord> newest() {
    return readable().stream().findFirst();
  }

  private BuildRecord ofBuild(Path folder, String buildId) {
    if (!Files.exists(folder.resolve(MANIFEST))) {
      throw Category.CONFIGURATION.failure(
          "Build "
              + buildId
              + " has no manifest in "
              + folder
              + ": it made no image, or wrote the manifest elsewhere (--manifest); name that"
              + " file.");
    }
    return BuildRecord.read(folder.resolve(MANIFEST), outputFolder);
  }

  /** The newest first, as a build ID begins with the time; those that can't be read are no help. */
  private List<BuildRecord> readable() {
    return manifests().stream()
        .flatMap(file -> readable(file).stream())
        .sorted(Comparator.comparing(BuildRecord::buildId).reversed())
        .toList();
  }

  /** Empty for somebody else's file of that name, so that the search goes on. */
  private Optional<BuildRecord> readable(Path file) {
    try {
      return Optional.of(BuildRecord.read(file, outputFolder));
    } catch (BuildException unreadable) {
      return Optional.empty();
    }
  }

  private List<Path> manifests() {
    if (!Files.isDirectory(outputFolder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(outputFolder)) {
      return folders.map(folder -> folder.resolve(MANIFEST)).filter(Files::exists).toList();
    } catch (IOException failed) {
      throw Category.HOST.failure(
          "The folder " + outputFolder + " can't be read: " + failed, failed);
    }
  }

  private BuildException unknown(String kind, String meant) {
    List<BuildRecord> known = readable();
    String hint =
        known.isEmpty()
            ? "no build has left a manifest there"
            : "the last ones there are "
                + known.stream()
                    .limit(SHOWN)
                    .map(record -> record.buildId() + " (" + record.imageId() + ")")
                    .collect(Collectors.joining(", "));
    return Category.CONFIGURATION.failure(
        kind + " " + meant + " is not known in " + outputFolder + ": " + hint + ".");
  }
}
