package io.wizzie.wcs.ami.config;

import java.time.Duration;
import java.util.Map;

/**
 * The image that is made.
 *
 * @param name with {@code {timestamp}}, {@code {version}} and {@code {build-id}} still in it
 * @param tags of the image, values with the same placeholders
 * @param imdsV2Only instances of the image answer IMDSv2 only, unless launched otherwise
 * @param timeout how long the image may be pending
 */
public record ImageSpec(
    String name,
    String description,
    Map<String, String> tags,
    Map<String, String> snapshotTags,
    boolean imdsV2Only,
    Duration timeout) {
  public ImageSpec {
    tags = Map.copyOf(tags);
    snapshotTags = Map.copyOf(snapshotTags);
  }
}
