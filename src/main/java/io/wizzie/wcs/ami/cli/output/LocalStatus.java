package io.wizzie.wcs.ami.cli.output;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the local region holds.
 *
 * @param baseImage reference of the base image; null when it was not made yet
 * @param engine name and version of the container engine, such as {@code podman 4.3.1}; null when
 *     there is none
 */
public record LocalStatus(
    Path stateFolder,
    @Nullable String engine,
    @Nullable String baseImage,
    List<Instance> instances,
    List<Image> images) {
  public LocalStatus {
    instances = List.copyOf(instances);
    images = List.copyOf(images);
  }

  /**
   * An instance.
   *
   * @param address null while it has none
   */
  public record Instance(
      String id, String name, String state, String imageId, @Nullable String address) {}

  /** An image. */
  public record Image(String id, String name, String state) {}
}
