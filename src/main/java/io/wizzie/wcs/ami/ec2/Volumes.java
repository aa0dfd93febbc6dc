package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.ec2.Waiter.Poll;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Volume;

/** The builder's volumes, which become the image's snapshots. */
public record Volumes(Ec2Client client, Waiter waiter) {
  /**
   * Refuses volumes that came up encrypted: so would be the image's snapshots, which the
   * Marketplace does not take, and CreateImage can't change it.
   */
  public void requireUnencrypted(String instanceId) {
    List<Volume> volumes =
        waiter.until(
            "the volumes of " + instanceId,
            waiter.timeouts().visible(),
            "timeouts.visible",
            () -> {
              List<Volume> found =
                  Ec2Calls.call(
                          "DescribeVolumes",
                          "Checking the builder's volumes",
                          () ->
                              client.describeVolumes(
                                  request ->
                                      request.filters(
                                          Filters.of("attachment.instance-id", instanceId))))
                      .volumes();
              return found.isEmpty()
                  ? Poll.pending("The volumes of " + instanceId + " are not visible yet")
                  : Poll.done(found);
            },
            () -> "");
    List<String> encrypted =
        volumes.stream()
            .filter(volume -> Boolean.TRUE.equals(volume.encrypted()))
            .map(Volume::volumeId)
            .toList();
    if (!encrypted.isEmpty()) {
      throw Category.EC2.failure(
          "The builder's volume "
              + String.join(", ", encrypted)
              + " is encrypted, and so would be the image, which the Marketplace refuses. The"
              + " account encrypts new volumes by default: turn that off in this region ('aws ec2"
              + " disable-ebs-encryption-by-default'), or build in another one.");
    }
  }

  /** Deletes a volume, waiting while an instance still holds it; one that is gone is no error. */
  public void delete(String volumeId) {
    // A terminated instance lets go of its volumes, or takes them along, a moment later.
    waiter.deleteOnceReleased(
        volumeId,
        null,
        Set.of("VolumeInUse"),
        () ->
            Ec2Calls.call(
                "DeleteVolume",
                "Deleting volume " + volumeId,
                () -> client.deleteVolume(request -> request.volumeId(volumeId))));
  }
}
