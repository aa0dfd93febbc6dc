package io.wizzie.wcs.ami.ec2;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What EC2 says of an image, as far as somebody who is offered it would care; texts are empty where
 * EC2 says nothing.
 *
 * @param isOwn whether it belongs to the account that asks
 * @param isPublic whether everybody may launch it
 * @param imdsSupport {@code v2.0} when its instances answer IMDSv2 only
 * @param encryptedSnapshotIds those of the snapshots that are encrypted
 * @param sourceImageId the image it was made from, where EC2 knows
 * @param deprecationTime ISO time from which it counts as outdated; null for never
 */
public record ImageFacts(
    String imageId,
    String name,
    String description,
    String ownerId,
    boolean isOwn,
    boolean isPublic,
    String architecture,
    String virtualizationType,
    String rootDeviceType,
    String rootVolumeType,
    boolean enaSupport,
    String imdsSupport,
    List<String> productCodes,
    List<String> snapshotIds,
    List<String> encryptedSnapshotIds,
    @Nullable String sourceImageId,
    @Nullable String deprecationTime) {
  public ImageFacts {
    productCodes = List.copyOf(productCodes);
    snapshotIds = List.copyOf(snapshotIds);
    encryptedSnapshotIds = List.copyOf(encryptedSnapshotIds);
  }
}
