package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.localregion.model.RegionStatus.Image;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which images of a region are old.
 *
 * @param keep how many of the newest are not
 * @param before those that were created later are not; null if only the number counts
 */
public record ImageAge(int keep, @Nullable Instant before) {
  /** The old ones, newest first. One that is still being made is neither old nor new. */
  public List<Image> old(List<Image> images) {
    return images.stream()
        .filter(image -> !image.state().equals("pending"))
        // Of the same moment, the one that is listed later was made later.
        .sorted(Comparator.comparing(Image::created).thenComparing(images::indexOf).reversed())
        .skip(keep)
        .filter(image -> before == null || image.created().isBefore(before))
        .toList();
  }
}
