package io.wizzie.wcs.ami.localregion.state;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An image; until it is deregistered there is no time of that. */
public record ImageRecord(
    String id,
    String name,
    String ownerId,
    @Nullable String ownerAlias,
    Instant created,
    Origin origin,
    Machine machine,
    List<BlockDevice> devices,
    Attributes attributes,
    @Nullable Instant deregistered) {
  public ImageRecord {
    devices = List.copyOf(devices);
  }

  /** Where an image came from; all null if it was registered. */
  public record Origin(
      @Nullable String instanceId, @Nullable String imageId, @Nullable String region) {}

  /** What runs an image. */
  public record Machine(
      String architecture,
      String rootDeviceName,
      boolean enaSupport,
      @Nullable String bootMode,
      @Nullable String tpmSupport) {}

  /** What can be changed later: the IMDS support to {@code v2.0}, the groups to {@code all}. */
  public record Attributes(
      @Nullable String description,
      @Nullable String imdsSupport,
      List<String> launchUsers,
      List<String> launchGroups) {
    public Attributes {
      launchUsers = List.copyOf(launchUsers);
      launchGroups = List.copyOf(launchGroups);
    }

    public Attributes withDescription(String newDescription) {
      return new Attributes(newDescription, imdsSupport, launchUsers, launchGroups);
    }

    public Attributes withImdsSupport(String newImdsSupport) {
      return new Attributes(description, newImdsSupport, launchUsers, launchGroups);
    }

    public Attributes withPermissions(List<String> users, List<String> groups) {
      return new Attributes(description, imdsSupport, users, groups);
    }

    public static Attributes of(@Nullable String description, @Nullable String imdsSupport) {
      return new Attributes(description, imdsSupport, List.of(), List.of());
    }
  }

  public Stream<String> snapshotIds() {
    return devices.stream().map(BlockDevice::snapshotId).filter(Objects::nonNull);
  }

  public boolean registered() {
    return deregistered == null;
  }

  public ImageRecord withAttributes(Attributes changed) {
    return new ImageRecord(
        id, name, ownerId, ownerAlias, created, origin, machine, devices, changed, deregistered);
  }

  public ImageRecord deregisteredAt(Instant now) {
    return new ImageRecord(
        id, name, ownerId, ownerAlias, created, origin, machine, devices, attributes, now);
  }
}
