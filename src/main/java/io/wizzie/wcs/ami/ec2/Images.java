package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.ec2.client.Ec2CallException;
import io.wizzie.wcs.ami.ec2.client.Ec2Calls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImdsSupportValues;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** The image that is made, from CreateImage to its last attribute, or to its removal. */
public record Images(Ec2Client client, Waiter waiter) {
  // The part of EC2 that makes images may not know yet that the instance has stopped.
  private static final Set<String> NOT_STOPPED_YET =
      Set.of("IncorrectInstanceState", "IncorrectState", "InvalidInstanceState");

  private static final Set<String> NOT_VISIBLE_YET =
      Set.of("InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidSnapshot.NotFound");

  /** What an image is made with. */
  public record NewImage(
      String name,
      String description,
      Map<String, String> imageTags,
      Map<String, String> snapshotTags) {
    public NewImage {
      imageTags = Map.copyOf(imageTags);
      snapshotTags = Map.copyOf(snapshotTags);
    }
  }

  /**
   * Makes an image of a stopped instance.
   *
   * @return its ID; it is pending then
   */
  public String create(String instanceId, NewImage image, String buildId) {
    try {
      return waiter
          .retrying(
              "Creating the image",
              waiter.timeouts().visible(),
              Images::isNotStoppedYet,
              () ->
                  Ec2Calls.call(
                      "CreateImage",
                      "Creating image " + image.name() + " of " + instanceId,
                      () ->
                          client.createImage(
                              request ->
                                  request
                                      .instanceId(instanceId)
                                      .name(image.name())
                                      .description(image.description())
                                      .tagSpecifications(
                                          ProjectTags.specification(
                                              ResourceType.IMAGE, image.imageTags()),
                                          ProjectTags.specification(
                                              ResourceType.SNAPSHOT, image.snapshotTags())))))
          .imageId();
    } catch (Ec2CallException failed) {
      if (failed.code().equals("InvalidAMIName.Duplicate")) {
        // A call was repeated whose connection dropped after the image was begun.
        List<String> own =
            waiter.awaitVisible("image " + image.name(), () -> find(image.name(), buildId));
        if (!own.isEmpty()) {
          return own.get(0);
        }
      }
      throw failed;
    }
  }

  // Users of AWS report the general code too, which says what it is about only in its message.
  private static boolean isNotStoppedYet(Ec2CallException refused) {
    return refused.isOneOf(NOT_STOPPED_YET)
        || (refused.code().equals("InvalidParameterValue")
            && String.valueOf(refused.getMessage()).contains("Instance is not in state"));
  }

  /** IDs of the images of that name which the build made. */
  public List<String> find(String name, String buildId) {
    return describe(
            request ->
                request
                    .owners("self")
                    .filters(
                        Filters.of("name", name),
                        Filters.of("tag:" + ProjectTags.BUILD_ID, buildId)))
        .stream()
        .map(Image::imageId)
        .toList();
  }

  /** As {@link #find}, of a call whose answer was lost: waits until EC2 would know. */
  public List<String> findLost(String name, String buildId) {
    return waiter.awaitPossiblyCreated("an image " + name, () -> find(name, buildId));
  }

  /** Makes instances of the image answer IMDSv2 only. EC2 can't undo it. */
  public void requireImdsV2(String imageId) {
    onceVisible(
        "ModifyImageAttribute",
        "Requiring IMDSv2 of " + imageId,
        () ->
            client.modifyImageAttribute(
                request ->
                    request
                        .imageId(imageId)
                        .imdsSupport(value -> value.value(ImdsSupportValues.V2_0.toString()))));
  }

  /** Marks the image and its snapshots as finished: from now on nothing may take them away. */
  public void markFinished(AvailableImage image) {
    List<String> resources = new ArrayList<>(image.snapshotIds());
    resources.add(0, image.imageId());
    onceVisible(
        "CreateTags",
        "Marking " + image.imageId() + " as finished",
        () ->
            client.createTags(
                request ->
                    request
                        .resources(resources)
                        .tags(ProjectTags.list(Map.of(ProjectTags.STATUS, ProjectTags.FINISHED)))));
  }

  /** The snapshots that EC2 names for the image now, none when it is gone. */
  public List<String> snapshotIds(String imageId) {
    Image image = findOrNull(imageId);
    return image == null ? List.of() : snapshotIds(image);
  }

  /**
   * Deregisters the image, which leaves its snapshots; one that is gone is no error.
   *
   * @param madeAt when it was begun; null when that is long ago
   */
  public void deregister(String imageId, @Nullable Instant madeAt) {
    waiter.deleteIfExists(
        "Deregistering " + imageId,
        madeAt,
        () ->
            Ec2Calls.call(
                "DeregisterImage",
                "Deregistering image " + imageId,
                () -> client.deregisterImage(request -> request.imageId(imageId))));
  }

  private <T> void onceVisible(String action, String doing, Supplier<T> request) {
    waiter.retrying(
        doing,
        waiter.timeouts().visible(),
        NOT_VISIBLE_YET,
        () -> Ec2Calls.call(action, doing, request));
  }

  @Nullable Image findOrNull(String imageId) {
    return Ec2Calls.ifFound(List.<Image>of(), () -> describe(request -> request.imageIds(imageId)))
        .stream()
        .findFirst()
        .orElse(null);
  }

  private List<Image> describe(Consumer<DescribeImagesRequest.Builder> request) {
    return Ec2Calls.call(
            "DescribeImages", "Looking at the image", () -> client.describeImages(request))
        .images();
  }

  static List<String> snapshotIds(Image image) {
    return image.blockDeviceMappings().stream()
        .map(BlockDeviceMapping::ebs)
        .filter(ebs -> ebs != null && ebs.snapshotId() != null && !ebs.snapshotId().isEmpty())
        .map(EbsBlockDevice::snapshotId)
        .toList();
  }

  /** The volume that an image boots from; null when its mapping has none. */
  static @Nullable EbsBlockDevice rootVolume(Image image) {
    return image.blockDeviceMappings().stream()
        .filter(device -> device.ebs() != null)
        .filter(device -> device.deviceName().equals(image.rootDeviceName()))
        .map(BlockDeviceMapping::ebs)
        .findFirst()
        .orElse(null);
  }

  /** All of the account's images that pass, with those that are deprecated or disabled. */
  static Stream<Image> everyOwn(Ec2Client client, Filter filter) {
    return client
        .describeImagesPaginator(
            request ->
                request
                    .owners("self")
                    .includeDeprecated(true)
                    .includeDisabled(true)
                    .filters(filter))
        .images()
        .stream();
  }
}
