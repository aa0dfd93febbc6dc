package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.ec2.Waiter.Poll;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.PermissionGroup;
import software.amazon.awssdk.services.ec2.model.ProductCode;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** Looks at an image from all sides. */
public record ImageInspection(Ec2Client client, Images images, Snapshots snapshots, Waiter waiter) {
  /**
   * The image as it is now.
   *
   * @throws BuildException category CONFIGURATION when there is none of that ID here
   */
  public ImageFacts inspect(String imageId) {
    return find(imageId, true)
        .orElseThrow(
            () ->
                Category.CONFIGURATION.failure(
                    "Image "
                        + imageId
                        + " does not exist in this region, or this account may not use it. Check"
                        + " its ID and --region."));
  }

  /**
   * The image that another was made from, as anybody's: whose it is is not asked. Empty when this
   * account can't see it.
   */
  public Optional<ImageFacts> inspectSource(String imageId) {
    return find(imageId, false);
  }

  private Optional<ImageFacts> find(String imageId, boolean askOwner) {
    // Waits out throttling: by now minutes of work stand behind the image.
    return waiter.until(
        "EC2's description of " + imageId,
        waiter.timeouts().repeat(),
        "timeouts.repeat",
        () -> {
          Image image = images.findOrNull(imageId);
          return Poll.done(
              image == null
                  ? Optional.empty()
                  : Optional.of(facts(image, askOwner && isOwn(imageId))));
        },
        () -> "");
  }

  private ImageFacts facts(Image image, boolean own) {
    List<String> snapshotIds = Images.snapshotIds(image);
    EbsBlockDevice root = Images.rootVolume(image);
    return new ImageFacts(
        image.imageId(),
        text(image.name()),
        text(image.description()),
        text(image.ownerId()),
        own,
        Boolean.TRUE.equals(image.publicLaunchPermissions()) || (own && admitsAll(image)),
        text(image.architectureAsString()),
        text(image.virtualizationTypeAsString()),
        text(image.rootDeviceTypeAsString()),
        root == null ? "" : text(root.volumeTypeAsString()),
        Boolean.TRUE.equals(image.enaSupport()),
        text(image.imdsSupportAsString()),
        image.productCodes().stream().map(ProductCode::productCodeId).toList(),
        snapshotIds,
        encrypted(image, own ? snapshotIds : List.of()),
        image.sourceImageId(),
        image.deprecationTime());
  }

  private boolean isOwn(String imageId) {
    return Ec2Calls.ifFound(
        false,
        () ->
            Ec2Calls.call(
                    "DescribeImages",
                    "Asking whether " + imageId + " is this account's",
                    () ->
                        client.describeImages(request -> request.owners("self").imageIds(imageId)))
                .images()
                .stream()
                .findAny()
                .isPresent());
  }

  // DescribeImages may still show the permissions of a moment ago; the attribute is the source.
  private boolean admitsAll(Image image) {
    return Ec2Calls.call(
            "DescribeImageAttribute",
            "Asking who may launch " + image.imageId(),
            () ->
                client.describeImageAttribute(
                    request ->
                        request
                            .imageId(image.imageId())
                            .attribute(ImageAttributeName.LAUNCH_PERMISSION)))
        .launchPermissions()
        .stream()
        .anyMatch(permission -> permission.group() == PermissionGroup.ALL);
  }

  /** By the image's own mapping, and by the snapshots themselves where they can be seen. */
  private List<String> encrypted(Image image, List<String> visible) {
    Set<String> encrypted = new TreeSet<>();
    image.blockDeviceMappings().stream()
        .map(BlockDeviceMapping::ebs)
        .filter(ebs -> ebs != null && Boolean.TRUE.equals(ebs.encrypted()))
        .forEach(ebs -> encrypted.add(text(ebs.snapshotId())));
    if (!visible.isEmpty()) {
      snapshots.describe(visible).stream()
          .filter(snapshot -> Boolean.TRUE.equals(snapshot.encrypted()))
          .map(Snapshot::snapshotId)
          .forEach(encrypted::add);
    }
    return new ArrayList<>(encrypted);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
