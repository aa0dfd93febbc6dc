package io.wizzie.wcs.ami.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.audit.ReportDocument;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * The build's result as one JSON object: the manifest file, and what {@code --output json} prints.
 *
 * <p>Fields, all always there:
 *
 * <ul>
 *   <li>{@code manifestVersion}: 1; grows when a field changes its meaning
 *   <li>{@code buildId}, {@code imageId}, {@code imageName}, {@code snapshotIds}, {@code region},
 *       {@code version} (of the product in the image)
 *   <li>{@code sourceImage}: {@code imageId}, {@code name}, {@code architecture}, {@code ownerId}
 *   <li>{@code builder}: {@code instanceType}
 *   <li>{@code guestSystem}: {@code id}, {@code versionId}, {@code prettyName}, of os-release
 *   <li>{@code chef}: {@code product}, {@code version}, {@code standIn} (true: it was not Chef)
 *   <li>{@code cookbooks}: each {@code phase}, {@code name}, {@code version}, {@code files}, {@code
 *       sha256}
 *   <li>{@code cleaned}: what was found in the guest and removed before imaging
 *   <li>{@code audit}: as {@link ReportDocument} says; waived findings have their reason
 *   <li>{@code toolVersion}, {@code startedAt}, {@code finishedAt} (ISO, UTC), {@code seconds}
 *   <li>{@code stages}: each {@code name}, {@code startedAt}, {@code seconds}; they may overlap
 *   <li>{@code leftovers}: each {@code kind}, {@code id}, {@code reason}, {@code removal}; empty
 *       when all is removed
 * </ul>
 */
public final class Manifest {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Manifest() {}

  /** The object as text, with a line end. */
  public static String json(BuildResult result) {
    try {
      return JSON.writeValueAsString(object(result)) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree of plain values can be written", impossible);
    }
  }

  /**
   * Writes the file in one step: a reader sees the old one or the whole new one.
   *
   * @throws BuildException category HOST when it can't be written
   */
  public static void write(BuildResult result, Path file) {
    Path whole = file.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    try {
      Files.createDirectories(whole.getParent());
      Files.writeString(part, json(result));
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new BuildException(
          Category.HOST, "The manifest " + whole + " can't be written: " + failed, failed);
    }
  }

  private static ObjectNode object(BuildResult result) {
    ObjectNode root = JSON.createObjectNode();
    root.put("manifestVersion", VERSION);
    root.put("buildId", result.buildId().value());
    root.put("imageId", result.imageId());
    root.put("imageName", result.imageName());
    ArrayNode snapshots = root.putArray("snapshotIds");
    result.snapshotIds().forEach(snapshots::add);
    root.put("region", result.region());
    root.put("version", result.version());
    root.putObject("sourceImage")
        .put("imageId", result.sourceImage().imageId())
        .put("name", result.sourceImage().name())
        .put("architecture", result.sourceImage().architecture())
        .put("ownerId", result.sourceImage().ownerId());
    root.putObject("builder").put("instanceType", result.instanceType());
    root.putObject("guestSystem")
        .put("id", result.guestSystem().id())
        .put("versionId", result.guestSystem().versionId())
        .put("prettyName", result.guestSystem().prettyName());
    root.putObject("chef")
        .put("product", result.chef().product())
        .put("version", result.chef().version())
        .put("standIn", result.chef().standIn());
    addCookbooks(root.putArray("cookbooks"), result);
    ArrayNode cleaned = root.putArray("cleaned");
    result.cleaned().forEach(cleaned::add);
    root.set("audit", ReportDocument.of(result.audit()));
    root.put("toolVersion", result.toolVersion());
    root.put("startedAt", result.buildId().startedAt().toString());
    root.put("finishedAt", result.finishedAt().toString());
    root.put("seconds", seconds(result));
    addStages(root.putArray("stages"), result);
    addLeftovers(root.putArray("leftovers"), result);
    return root;
  }

  private static void addCookbooks(ArrayNode cookbooks, BuildResult result) {
    result
        .cookbooks()
        .forEach(
            cookbook ->
                cookbooks
                    .addObject()
                    .put("phase", cookbook.phase())
                    .put("name", cookbook.name())
                    .put("version", cookbook.version())
                    .put("files", cookbook.files())
                    .put("sha256", cookbook.sha256()));
  }

  private static void addStages(ArrayNode stages, BuildResult result) {
    result
        .stages()
        .forEach(
            stage ->
                stages
                    .addObject()
                    .put("name", stage.name())
                    .put("startedAt", stage.startedAt().toString())
                    .put("seconds", stage.elapsed().toMillis() / 1000.0));
  }

  private static void addLeftovers(ArrayNode leftovers, BuildResult result) {
    result
        .leftovers()
        .forEach(
            left ->
                leftovers
                    .addObject()
                    .put("kind", left.kind())
                    .put("id", left.id())
                    .put("reason", left.reason())
                    .put("removal", left.removal()));
  }

  private static double seconds(BuildResult result) {
    return Duration.between(result.buildId().startedAt(), result.finishedAt()).toMillis() / 1000.0;
  }
}
