package io.wizzie.wcs.ami.build;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a build is run, apart from what it makes.
 *
 * @param manifest where the manifest is written; null for {@code manifest.json} in the build's
 *     folder
 */
public record BuildOptions(BuildId buildId, OnError onError, @Nullable Path manifest) {
  /** What becomes of the resources when the build fails. An interrupted build always cleans up. */
  public enum OnError {
    CLEANUP,
    KEEP
  }
}
