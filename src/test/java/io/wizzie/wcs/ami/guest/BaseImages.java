package io.wizzie.wcs.ami.guest;

import io.wizzie.wcs.ami.localregion.engine.ContainerEngine;
import io.wizzie.wcs.ami.localregion.engine.EngineSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The image that guests of tests are started from. */
public final class BaseImages {
  private static @Nullable String ready;

  private BaseImages() {}

  /**
   * The container image {@code -Dwcs-ami.guest-image}, else the local region's base image, which is
   * made if this program's is not there yet: so no test is passed over for want of it, and none
   * uses the image of another version.
   */
  public static synchronized String ensure() {
    String named = System.getProperty("wcs-ami.guest-image");
    if (named != null) {
      return named;
    }
    if (ready == null) {
      ready =
          ContainerEngine.open(EngineSettings.in(Path.of("target", "guests")))
              .baseImages(null)
              .ensure(false, System.err::println)
              .imageRef();
    }
    return ready;
  }
}
