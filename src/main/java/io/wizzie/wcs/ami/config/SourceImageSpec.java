package io.wizzie.wcs.ami.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which image the builder is launched from: either {@code imageId}, or {@code owners} and {@code
 * filters} in the terms of DescribeImages.
 *
 * @param mostRecent take the newest of several matches; otherwise exactly one must match
 */
public record SourceImageSpec(
    @Nullable String imageId,
    List<String> owners,
    Map<String, List<String>> filters,
    boolean mostRecent,
    boolean includeDeprecated) {
  public SourceImageSpec {
    owners = List.copyOf(owners);
    filters = Map.copyOf(filters);
  }
}
