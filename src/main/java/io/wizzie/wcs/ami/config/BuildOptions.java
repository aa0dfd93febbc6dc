package io.wizzie.wcs.ami.config;

import io.wizzie.wcs.ami.base.BuildId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a build is run, apart from what it makes.
 *
 * @param manifest where the manifest is written; null for {@code manifest.json} in the build's
 *     folder
 * @param verify whether the image is tried out before it is handed out
 */
public record BuildOptions(
    BuildId buildId, OnError onError, @Nullable Path manifest, Verify verify) {
  /** What becomes of the resources when the build fails. An interrupted build always cleans up. */
  public enum OnError {
    CLEANUP,
    KEEP
  }

  /** Whether the image is tried out, and what becomes of one that fails. */
  public enum Verify {
    NO,
    REMOVE_FAILING,
    KEEP_FAILING
  }

  /** Of work for which nothing was asked specially: what it makes does not outlive it. */
  public static BuildOptions usual(BuildId id) {
    return new BuildOptions(id, OnError.CLEANUP, null, Verify.NO);
  }
}
