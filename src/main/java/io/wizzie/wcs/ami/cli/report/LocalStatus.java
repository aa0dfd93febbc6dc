package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.model.RegionStatus;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the local region holds.
 *
 * @param problem why it can't be looked at, such as a missing container engine; null when it can
 * @param baseImage null when it was not made yet
 * @param scenario what it says of itself; null when none is in force
 * @param regions by the names that clients have used, nearly always only {@code local}
 */
public record LocalStatus(
    Path stateFolder,
    @Nullable String problem,
    @Nullable BaseImage baseImage,
    @Nullable String scenario,
    List<RegionStatus.Region> regions) {
  public LocalStatus {
    regions = List.copyOf(regions);
  }
}
