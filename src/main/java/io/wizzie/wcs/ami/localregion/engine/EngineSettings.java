package io.wizzie.wcs.ami.localregion.engine;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the guests of a region are run.
 *
 * @param stateFolder the region's; guests' instance data is kept below it, and its path identifies
 *     the region's containers and images
 * @param network name of the container network; shared by the regions of a machine
 * @param subnet of that network in CIDR notation; null for one that is free
 * @param publishedPort null to reach guests at their own address on port 22, which needs root; else
 *     the port of 127.0.0.N at which they are reached
 * @param stopTimeout how long a guest may take to shut down before it is killed
 */
public record EngineSettings(
    Path stateFolder,
    String network,
    @Nullable String subnet,
    @Nullable Integer publishedPort,
    Duration stopTimeout) {
  public EngineSettings {
    stateFolder = stateFolder.toAbsolutePath().normalize();
  }

  /** The usual ones for a region that is kept in a folder. */
  public static EngineSettings in(Path stateFolder) {
    return new EngineSettings(stateFolder, "wcs-ami", null, null, Duration.ofSeconds(60));
  }
}
