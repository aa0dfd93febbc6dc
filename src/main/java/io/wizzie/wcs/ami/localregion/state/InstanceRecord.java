package io.wizzie.wcs.ami.localregion.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance: what was decided at launch, what can be changed, and what happened to it. Its
 * volumes and tags are kept beside it.
 */
public record InstanceRecord(
    String id, Launch launch, Settings settings, NetworkInterface nic, InstanceLife life) {

  /**
   * What was decided at launch.
   *
   * @param contentRef the file system it started from
   * @param publicKey a line of {@code authorized_keys}; the key pair may be deleted meanwhile
   */
  public record Launch(
      String reservationId,
      int index,
      @Nullable String clientToken,
      Instant time,
      String imageId,
      String contentRef,
      String architecture,
      String rootDeviceName,
      @Nullable String keyName,
      @Nullable String publicKey,
      String zone,
      @Nullable String instanceProfile,
      boolean monitoring,
      MetadataOptions metadata) {}

  /** How its metadata service answers, as data: the guest's own is always version 2. */
  public record MetadataOptions(
      String httpTokens, String httpEndpoint, int hopLimit, String instanceMetadataTags) {}

  /**
   * What can be changed later.
   *
   * @param shutdownBehavior {@code stop} or {@code terminate}
   * @param userData base64
   */
  public record Settings(
      String instanceType,
      boolean disableApiTermination,
      boolean disableApiStop,
      boolean sourceDestCheck,
      boolean ebsOptimized,
      String shutdownBehavior,
      @Nullable String userData) {}

  /** A network interface, perhaps with a public address. */
  public record NetworkInterface(
      String id,
      String mac,
      String subnetId,
      List<String> groupIds,
      boolean publicAddress,
      boolean deleteOnTermination,
      @Nullable String description) {
    public NetworkInterface {
      groupIds = List.copyOf(groupIds);
    }

    public NetworkInterface withGroups(List<String> newGroupIds) {
      return new NetworkInterface(
          id, mac, subnetId, newGroupIds, publicAddress, deleteOnTermination, description);
    }
  }

  public InstanceRecord withLife(InstanceLife newLife) {
    return new InstanceRecord(id, launch, settings, nic, newLife);
  }

  public InstanceRecord withSettings(Settings newSettings) {
    return new InstanceRecord(id, launch, newSettings, nic, life);
  }

  public InstanceRecord withNic(NetworkInterface newNic) {
    return new InstanceRecord(id, launch, settings, newNic, life);
  }
}
