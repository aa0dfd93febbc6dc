package io.wizzie.wcs.ami.ec2;

import java.util.List;

/** An image that can be launched. */
public record AvailableImage(String imageId, List<String> snapshotIds) {
  public AvailableImage {
    snapshotIds = List.copyOf(snapshotIds);
  }
}
