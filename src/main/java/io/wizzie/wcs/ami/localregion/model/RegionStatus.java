package io.wizzie.wcs.ami.localregion.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the local regions hold, for a person to read. The base image, which all of them have if it
 * is there, is not listed with a region's own images.
 */
public record RegionStatus(@Nullable BaseImage baseImage, List<Region> regions) {
  /** Name of the region that is meant by {@code --region local}. */
  public static final String REGION = "local";

  public RegionStatus {
    regions = List.copyOf(regions);
  }

  /** A region that holds something, or did. */
  public record Region(
      String name, List<Image> images, List<Instance> instances, List<Snapshot> snapshots) {
    public Region {
      images = List.copyOf(images);
      instances = List.copyOf(instances);
      snapshots = List.copyOf(snapshots);
    }
  }

  /** An image of this account, its state in EC2's words; 0 bytes while it is being made. */
  public record Image(String id, String name, String state, Instant created, long sizeBytes) {}

  /**
   * An instance, terminated ones included while EC2 would list them.
   *
   * @param name of its {@code Name} tag; null without one
   * @param state in EC2's words, such as {@code running}
   * @param address where it is reached; null while it has none
   * @param reason of its state; null if there is nothing to explain
   * @param sizeBytes of what it has written to its file system; 0 if there is no guest
   */
  public record Instance(
      String id,
      @Nullable String name,
      String imageId,
      String state,
      @Nullable String address,
      Instant launched,
      @Nullable String reason,
      long sizeBytes) {}

  /** A snapshot of this account, its state in EC2's words. */
  public record Snapshot(String id, String state, Instant started, int sizeGib) {}
}
