package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.SnapshotRecord;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;

/** Block device mappings: those of an image, overridden by those of a request. */
final class BlockDevices {
  private static final int GP3_IOPS = 3000;
  private static final int GP3_THROUGHPUT = 125;
  private static final Set<String> TYPES =
      Set.of("gp2", "gp3", "io1", "io2", "st1", "sc1", "standard");

  private BlockDevices() {}

  /** The devices of an instance that is launched from an image with these devices. */
  static List<BlockDevice> merge(
      RegionState state, List<BlockDevice> ofImage, List<BlockDeviceMapping> requested) {
    Map<String, BlockDevice> merged = new LinkedHashMap<>();
    ofImage.forEach(device -> merged.put(device.name(), device));
    Set<String> seen = new HashSet<>();
    for (BlockDeviceMapping mapping : requested) {
      String name = mapping.deviceName();
      if (name == null) {
        throw Refusal.missing("BlockDeviceMapping.DeviceName");
      }
      if (!seen.add(name)) {
        throw invalid("The device '" + name + "' is used in more than one block-device mapping");
      }
      if (mapping.noDevice() != null) {
        merged.remove(name);
      } else if (mapping.ebs() != null) {
        merged.put(name, device(state, name, merged.get(name), mapping.ebs()));
      }
      // What is left is an instance store volume (VirtualName), which no guest has.
    }
    return List.copyOf(merged.values());
  }

  static List<BlockDeviceMapping> shapes(List<BlockDevice> devices, boolean withSnapshots) {
    return devices.stream().map(device -> shape(device, withSnapshots)).toList();
  }

  private static BlockDeviceMapping shape(BlockDevice device, boolean withSnapshot) {
    return BlockDeviceMapping.builder()
        .deviceName(device.name())
        .ebs(
            ebs ->
                ebs.snapshotId(withSnapshot ? device.snapshotId() : null)
                    .volumeSize(device.sizeGib())
                    .volumeType(device.type())
                    .iops(settableIops(device))
                    .throughput(device.throughput())
                    .deleteOnTermination(device.deleteOnTermination())
                    .encrypted(device.encrypted())
                    .kmsKeyId(device.kmsKeyId()))
        .build();
  }

  private static BlockDevice device(
      RegionState state, String name, @Nullable BlockDevice ofImage, EbsBlockDevice ebs) {
    BlockDevice base =
        ofImage != null
            ? ofImage
            : new BlockDevice(name, null, 0, "gp2", null, null, true, false, null);
    String snapshotId = ebs.snapshotId() != null ? ebs.snapshotId() : base.snapshotId();
    @Nullable SnapshotRecord snapshot =
        snapshotId == null ? null : Lookup.SNAPSHOTS.one(state, snapshotId);
    Integer size = ebs.volumeSize();
    if (size == null) {
      size =
          ofImage != null
              ? (Integer) ofImage.sizeGib()
              : snapshot == null ? null : (Integer) snapshot.sizeGib();
    }
    if (snapshot != null && snapshot.encrypted() && Boolean.FALSE.equals(ebs.encrypted())) {
      throw invalid(
          "The parameter encrypted cannot be false for the encrypted snapshot " + snapshotId);
    }
    // Another type has its own IOPS and throughput.
    boolean retyped = ebs.volumeTypeAsString() != null;
    return checked(
        name,
        snapshot,
        size,
        retyped ? ebs.volumeTypeAsString() : base.type(),
        ebs.iops() != null || retyped ? ebs.iops() : settableIops(base),
        ebs.throughput() != null || retyped ? ebs.throughput() : base.throughput(),
        ebs.deleteOnTermination() != null ? ebs.deleteOnTermination() : base.deleteOnTermination(),
        Boolean.TRUE.equals(ebs.encrypted())
            || base.encrypted()
            || (snapshot != null && snapshot.encrypted()),
        ebs.kmsKeyId());
  }

  /**
   * A device with EC2's defaults filled in and its limits checked.
   *
   * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html">
   *     EbsBlockDevice</a>
   */
  static BlockDevice checked(
      String name,
      @Nullable SnapshotRecord snapshot,
      @Nullable Integer size,
      String type,
      @Nullable Integer iops,
      @Nullable Integer throughput,
      boolean deleteOnTermination,
      boolean encrypted,
      @Nullable String kmsKeyId) {
    if (size == null) {
      throw Refusal.of(
          "MissingParameter", "The request must contain the parameter size or snapshotId");
    }
    if (!TYPES.contains(type)) {
      throw Refusal.invalidValue(type, "volumeType");
    }
    if (snapshot != null && size < snapshot.sizeGib()) {
      throw invalid(
          "Volume of size %sGB is smaller than snapshot '%s', expect size >= %sGB"
              .formatted(size, snapshot.id(), snapshot.sizeGib()));
    }
    if (size < 1 || size > 65536) {
      throw Refusal.invalidValue("Volume size " + size + " is not between 1 and 65536 GiB");
    }
    if (throughput != null && !type.equals("gp3")) {
      throw Refusal.invalidCombination(
          "The parameter throughput is not supported for " + type + " volumes");
    }
    if (throughput != null && (throughput < GP3_THROUGHPUT || throughput > 2000)) {
      throw Refusal.invalidValue(
          "Throughput (MiBps) of " + throughput + " is not between 125 and 2000");
    }
    return new BlockDevice(
        name,
        snapshot == null ? null : snapshot.id(),
        size,
        type,
        iops(type, iops),
        type.equals("gp3") ? (throughput == null ? (Integer) GP3_THROUGHPUT : throughput) : null,
        deleteOnTermination,
        encrypted,
        kmsKeyId);
  }

  /** A volume's; of gp2 they follow from its size, and no mapping has them. */
  static @Nullable Integer volumeIops(BlockDevice device) {
    return device.type().equals("gp2")
        ? (Integer) Math.min(16000, Math.max(100, 3 * device.sizeGib()))
        : device.iops();
  }

  private static @Nullable Integer settableIops(BlockDevice device) {
    return device.type().equals("gp2") ? null : device.iops();
  }

  private static @Nullable Integer iops(String type, @Nullable Integer iops) {
    return switch (type) {
      case "gp3" -> inRange(type, iops == null ? GP3_IOPS : iops, GP3_IOPS, 80000);
      case "io1" -> inRange(type, required(type, iops), 100, 64000);
      case "io2" -> inRange(type, required(type, iops), 100, 256000);
      default -> {
        if (iops != null) {
          throw Refusal.invalidCombination(
              "The parameter iops is not supported for " + type + " volumes");
        }
        yield null;
      }
    };
  }

  private static int required(String type, @Nullable Integer iops) {
    if (iops == null) {
      throw Refusal.of(
          "MissingParameter",
          "The request must contain the parameter iops for " + type + " volumes");
    }
    return iops;
  }

  private static int inRange(String type, int iops, int least, int most) {
    if (iops < least || iops > most) {
      throw Refusal.invalidValue(
          "Iops of " + iops + " is not between " + least + " and " + most + " for " + type);
    }
    return iops;
  }

  private static Refusal invalid(String message) {
    return Refusal.of("InvalidBlockDeviceMapping", message);
  }
}
