package io.wizzie.wcs.ami.ec2;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image that the builder is launched from, found fit for it.
 *
 * @param architecture such as {@code x86_64}
 * @param rootDeviceName such as {@code /dev/sda1}
 * @param rootSizeGib size of the root volume's snapshot; 0 when EC2 does not say
 * @param otherDeviceNames further EBS volumes that an instance of it gets
 * @param deprecationTime ISO time from which it counts as outdated; null for never
 */
public record SourceImage(
    String imageId,
    String name,
    String ownerId,
    String architecture,
    String rootDeviceName,
    int rootSizeGib,
    List<String> otherDeviceNames,
    @Nullable String deprecationTime) {
  public SourceImage {
    otherDeviceNames = List.copyOf(otherDeviceNames);
  }

  /** The image that was made of an instance of this one: it has the same devices. */
  public SourceImage imaged(String madeImageId, String madeName) {
    return new SourceImage(
        madeImageId,
        madeName,
        ownerId,
        architecture,
        rootDeviceName,
        rootSizeGib,
        otherDeviceNames,
        deprecationTime);
  }
}
