package io.wizzie.wcs.ami.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A build by its manifest.
 *
 * @param file where the manifest was read
 * @param inventory the build's inventory; null where its file is not to be found
 */
public record BuildRecord(Path file, JsonNode manifest, @Nullable JsonNode inventory) {
  private static final int KNOWN_VERSION = 1;

  /**
   * Reads a manifest, and the inventory that it names: beside it, or in the build's own folder.
   *
   * @param outputFolder in which builds have their folders
   * @throws BuildException category CONFIGURATION when it is no manifest, or a newer one
   */
  static BuildRecord read(Path file, Path outputFolder) {
    JsonNode manifest = json(file);
    if (!manifest.path("manifestVersion").isInt()
        || !manifest.path("buildId").isTextual()
        || !manifest.path("imageId").isTextual()) {
      throw Category.CONFIGURATION.failure(
          file + " is no manifest of wcs-ami: it lacks manifestVersion, buildId or imageId.");
    }
    int version = manifest.path("manifestVersion").intValue();
    if (version > KNOWN_VERSION) {
      throw Category.CONFIGURATION.failure(
          file
              + " was written by a newer wcs-ami (manifest version "
              + version
              + "); update this.");
    }
    return new BuildRecord(file, manifest, inventory(file, manifest, outputFolder));
  }

  public String buildId() {
    return text("buildId");
  }

  public String imageId() {
    return text("imageId");
  }

  /** A field of the manifest by its names, from the outside in; empty where there is none. */
  public String text(String... names) {
    JsonNode node = manifest;
    for (String name : names) {
      node = node.path(name);
    }
    return node.asText("");
  }

  /** As {@link #text}, for a number; 0 where there is none. */
  public int number(String... names) {
    JsonNode node = manifest;
    for (String name : names) {
      node = node.path(name);
    }
    return node.asInt();
  }

  private static @Nullable JsonNode inventory(Path file, JsonNode manifest, Path outputFolder) {
    String name = manifest.path("inventory").path("file").asText("");
    // A manifest may come from anywhere: it names a file, not a way out of its folder.
    if (name.isEmpty() || name.contains("/")) {
      return null;
    }
    Path beside = file.resolveSibling(name);
    Path own = outputFolder.resolve(manifest.path("buildId").textValue()).resolve(name);
    if (Files.exists(beside) && isOf(json(beside), manifest)) {
      return json(beside);
    }
    return Files.exists(own) ? json(own) : null;
  }

  private static boolean isOf(JsonNode inventory, JsonNode manifest) {
    for (JsonNode property : inventory.path("metadata").path("properties")) {
      if (property.path("name").asText().equals("wcs-ami:build-id")) {
        return property.path("value").asText().equals(manifest.path("buildId").asText());
      }
    }
    return false;
  }

  private static JsonNode json(Path file) {
    try {
      return JsonMapper.builder().build().readTree(Files.readString(file));
    } catch (NoSuchFileException missing) {
      throw Category.CONFIGURATION.failure("There is no manifest " + file + ".", missing);
    } catch (JsonProcessingException malformed) {
      throw Category.CONFIGURATION.failure(
          file + " is not JSON: " + malformed.getOriginalMessage(), malformed);
    } catch (IOException failed) {
      throw Category.CONFIGURATION.failure(file + " can't be read: " + failed, failed);
    }
  }
}
