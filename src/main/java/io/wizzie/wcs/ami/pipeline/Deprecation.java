package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.ec2.SourceImage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Notices a source image that its owner no longer maintains. */
final class Deprecation {
  private Deprecation() {}

  /** A warning when the image is deprecated now. */
  static Optional<String> warning(SourceImage source, Instant now) {
    String time = source.deprecationTime();
    if (time == null) {
      return Optional.empty();
    }
    try {
      if (Instant.parse(time).isAfter(now)) {
        return Optional.empty();
      }
    } catch (DateTimeException notATime) {
      // Then EC2's own word is shown.
    }
    return Optional.of(
        "Source image "
            + source.imageId()
            + " is deprecated since "
            + time
            + ": its owner has newer ones, and the Marketplace wants a maintained one.");
  }
}
