package io.wizzie.wcs.ami.publish;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image as a template needs to know it.
 *
 * @param version of the product in it
 * @param architecture as EC2 names it, {@code x86_64} or {@code arm64}
 * @param loginUser to whom cloud-init gives the launch key
 * @param rootDeviceName such as {@code /dev/sda1}; a template with another one would add a second
 *     volume instead of sizing the first
 * @param rootSizeGib of the image, and so the least that an instance can have
 * @param imageIds by region: the one image, and its copies
 */
public record LaunchableImage(
    String name,
    String version,
    String architecture,
    String loginUser,
    String rootDeviceName,
    int rootSizeGib,
    SortedMap<String, String> imageIds) {
  public LaunchableImage {
    if (imageIds.isEmpty()) {
      throw new IllegalArgumentException("A template of no image");
    }
    imageIds = new TreeMap<>(imageIds);
  }

  @Override
  public SortedMap<String, String> imageIds() {
    return new TreeMap<>(imageIds);
  }
}
