package io.wizzie.wcs.ami.localregion.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A volume. It holds no data of its own: what a guest writes is the guest's.
 *
 * @param device what it is like; its name and deleteOnTermination count only while attached
 */
public record VolumeRecord(
    String id,
    String zone,
    Instant created,
    BlockDevice device,
    @Nullable String instanceId,
    @Nullable Instant attached) {

  public VolumeRecord detached() {
    return new VolumeRecord(id, zone, created, device, null, null);
  }

  public VolumeRecord withDevice(BlockDevice newDevice) {
    return new VolumeRecord(id, zone, created, newDevice, instanceId, attached);
  }
}
