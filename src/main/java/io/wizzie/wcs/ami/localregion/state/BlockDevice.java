package io.wizzie.wcs.ami.localregion.state;

import org.jspecify.annotations.Nullable;

/**
 * A block device of an image, or of an instance to be launched.
 *
 * @param sizeGib GiB
 * @param type in EC2's words, such as {@code gp3}
 * @param iops null where the type has none, or they follow from the size
 * @param throughput MiB/s; null where the type has none
 */
public record BlockDevice(
    String name,
    @Nullable String snapshotId,
    int sizeGib,
    String type,
    @Nullable Integer iops,
    @Nullable Integer throughput,
    boolean deleteOnTermination,
    boolean encrypted,
    @Nullable String kmsKeyId) {

  public BlockDevice withSnapshot(String newId) {
    return new BlockDevice(
        name, newId, sizeGib, type, iops, throughput, deleteOnTermination, encrypted, kmsKeyId);
  }

  public BlockDevice withDeleteOnTermination(boolean newValue) {
    return new BlockDevice(
        name, snapshotId, sizeGib, type, iops, throughput, newValue, encrypted, kmsKeyId);
  }

  public BlockDevice withEncrypted(boolean newValue) {
    return new BlockDevice(
        name, snapshotId, sizeGib, type, iops, throughput, deleteOnTermination, newValue, kmsKeyId);
  }
}
