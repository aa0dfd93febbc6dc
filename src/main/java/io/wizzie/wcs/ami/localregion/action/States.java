package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.scenario.Delays;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.ContentRecord;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.InstanceRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.SnapshotRecord;
import io.wizzie.wcs.ami.localregion.state.VolumeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** EC2's states as they follow from the recorded times. */
final class States {
  private States() {}

  static InstanceLife.State of(InstanceRecord instance, Instant now, Delays delays) {
    InstanceLife life = instance.life();
    return life.state(
        now, delays.at(life.asked()).pending(), stopping(life, delays), shuttingDown(life, delays));
  }

  private static Duration stopping(InstanceLife life, Delays delays) {
    return life.stopAsked() == null ? Duration.ZERO : delays.at(life.stopAsked()).stopping();
  }

  static Duration shuttingDown(InstanceLife life, Delays delays) {
    return life.terminateAsked() == null
        ? Duration.ZERO
        : delays.at(life.terminateAsked()).shuttingDown();
  }

  static VolumeState of(VolumeRecord volume, Instant now, Delays delays) {
    if (volume.instanceId() != null) {
      return VolumeState.IN_USE;
    }
    return now.isBefore(volume.created().plus(delays.at(volume.created()).volume()))
        ? VolumeState.CREATING
        : VolumeState.AVAILABLE;
  }

  static SnapshotState of(SnapshotRecord snapshot, RegionState state, Instant now, Delays delays) {
    return of(snapshot, state, now, delays.at(snapshot.started()).snapshot());
  }

  private static SnapshotState of(
      SnapshotRecord snapshot, RegionState state, Instant now, Duration atLeast) {
    Optional<ContentRecord> content = content(snapshot, state);
    if (content.map(ContentRecord::failure).isPresent()) {
      return SnapshotState.ERROR;
    }
    boolean complete = content.map(one -> one.ready() != null).orElse(true);
    return complete && !now.isBefore(snapshot.started().plus(atLeast))
        ? SnapshotState.COMPLETED
        : SnapshotState.PENDING;
  }

  /** An image is what its snapshots are, but not before its own time. */
  static ImageState of(ImageRecord image, RegionState state, Instant now, Delays delays) {
    Duration atLeast = delays.at(image.created()).image();
    List<SnapshotState> snapshots =
        snapshots(image, state).stream()
            .map(snapshot -> of(snapshot, state, now, atLeast))
            .toList();
    if (snapshots.contains(SnapshotState.ERROR)) {
      return ImageState.FAILED;
    }
    return snapshots.contains(SnapshotState.PENDING) || now.isBefore(image.created().plus(atLeast))
        ? ImageState.PENDING
        : ImageState.AVAILABLE;
  }

  /** Why an image failed; null if it didn't. */
  static @Nullable String failure(ImageRecord image, RegionState state) {
    return snapshots(image, state).stream()
        .flatMap(snapshot -> content(snapshot, state).stream())
        .map(ContentRecord::failure)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  static Optional<ContentRecord> content(SnapshotRecord snapshot, RegionState state) {
    return Optional.ofNullable(snapshot.contentRef())
        .flatMap(ref -> Optional.ofNullable(state.contents.get(ref)));
  }

  /** The file system that instances of the image start from; empty if it is data only. */
  static Optional<ContentRecord> content(ImageRecord image, RegionState state) {
    return image.devices().stream()
        .filter(device -> device.name().equals(image.machine().rootDeviceName()))
        .map(BlockDevice::snapshotId)
        .filter(Objects::nonNull)
        .map(state.snapshots::get)
        .filter(Objects::nonNull)
        .flatMap(snapshot -> content(snapshot, state).stream())
        .findFirst();
  }

  private static List<SnapshotRecord> snapshots(ImageRecord image, RegionState state) {
    return image.snapshotIds().map(state.snapshots::get).filter(Objects::nonNull).toList();
  }
}
