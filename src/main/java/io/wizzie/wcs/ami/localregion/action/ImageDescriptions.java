package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.ResponseWriter;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** DescribeImages and its filters. */
final class ImageDescriptions {
  private ImageDescriptions() {}

  static DescribeImagesResponse describe(Call call, DescribeImagesRequest request) {
    List<ImageRecord> images =
        request.imageIds().isEmpty()
            ? call.state().images.values().stream().filter(ImageRecord::registered).toList()
            : Lookup.images(call.state(), request.imageIds());
    List<ImageRecord> visible =
        images.stream()
            .filter(image -> Owners.match(request.owners(), image.ownerId(), image.ownerAlias()))
            .filter(image -> executable(request.executableUsers(), image))
            .toList();
    Page<ImageRecord> page =
        filters(call)
            .page(visible, request.filters(), request.maxResults(), 1, request.nextToken());
    return DescribeImagesResponse.builder()
        .images(page.items().stream().map(image -> shape(call, image)).toList())
        .nextToken(page.nextToken())
        .build();
  }

  /** {@code self} means an explicit permission, which an owner doesn't need to have. */
  private static boolean executable(List<String> users, ImageRecord image) {
    return users.isEmpty()
        || users.stream()
            .anyMatch(
                user ->
                    switch (user) {
                      case "all" -> isPublic(image);
                      case "self" -> image.attributes().launchUsers().contains(Account.ID);
                      default -> image.attributes().launchUsers().contains(user);
                    });
  }

  static boolean isPublic(ImageRecord image) {
    return image.attributes().launchGroups().contains("all");
  }

  /** The image's devices. As in EC2 a pending image is described without its snapshots at first. */
  static List<BlockDeviceMapping> devices(Call call, ImageRecord image) {
    Instant shown = image.created().plus(call.delays().at(image.created()).image().dividedBy(2));
    return BlockDevices.shapes(image.devices(), !call.now().isBefore(shown));
  }

  private static ImageState state(Call call, ImageRecord image) {
    return States.of(image, call.state(), call.now(), call.delays());
  }

  private static FilterMatching<ImageRecord> filters(Call call) {
    RegionState state = call.state();
    return new FilterMatching<ImageRecord>(image -> Tags.of(state, image.id()))
        .one("image-id", ImageRecord::id)
        .one("name", ImageRecord::name)
        .one("owner-id", ImageRecord::ownerId)
        .one("owner-alias", ImageRecord::ownerAlias)
        .one("state", image -> state(call, image))
        .one("architecture", image -> image.machine().architecture())
        .one("description", image -> image.attributes().description())
        .one("imds-support", image -> image.attributes().imdsSupport())
        .one("boot-mode", image -> image.machine().bootMode())
        .one("tpm-support", image -> image.machine().tpmSupport())
        .one("ena-support", image -> image.machine().enaSupport())
        .one("creation-date", image -> ResponseWriter.time(image.created()))
        .one("is-public", ImageDescriptions::isPublic)
        .one("image-type", image -> "machine")
        .one("hypervisor", image -> "xen")
        .one("virtualization-type", image -> "hvm")
        .one("root-device-type", image -> "ebs")
        .one("root-device-name", image -> image.machine().rootDeviceName())
        .one("manifest-location", ImageDescriptions::location)
        // Linux has no platform: the filter knows only "windows".
        .one("platform", image -> null)
        .one("platform-details", image -> "Linux/UNIX")
        .one("usage-operation", image -> "RunInstances")
        .one("source-instance-id", image -> image.origin().instanceId())
        .one("source-image-id", image -> image.origin().imageId())
        .one("source-image-region", image -> image.origin().region())
        .one("free-tier-eligible", image -> true)
        .one("image-allowed", image -> true)
        .one("product-code", image -> null)
        .all("block-device-mapping.device-name", devices(BlockDevice::name))
        .all("block-device-mapping.snapshot-id", devices(BlockDevice::snapshotId))
        .all("block-device-mapping.volume-size", devices(BlockDevice::sizeGib))
        .all("block-device-mapping.volume-type", devices(BlockDevice::type))
        .all("block-device-mapping.encrypted", devices(BlockDevice::encrypted))
        .all(
            "block-device-mapping.delete-on-termination",
            devices(BlockDevice::deleteOnTermination));
  }

  private static Function<ImageRecord, Stream<String>> devices(
      Function<BlockDevice, ? extends @Nullable Object> value) {
    return image ->
        image.devices().stream()
            .<@Nullable Object>map(value)
            .filter(Objects::nonNull)
            .map(String::valueOf);
  }

  private static Image shape(Call call, ImageRecord image) {
    String failure = States.failure(image, call.state());
    return Image.builder()
        .imageId(image.id())
        .name(image.name())
        .description(image.attributes().description())
        .imageLocation(location(image))
        .imageType("machine")
        .state(state(call, image))
        .stateReason(
            failure == null
                ? null
                : StateReason.builder().code("Server.InternalError").message(failure).build())
        .ownerId(image.ownerId())
        .imageOwnerAlias(image.ownerAlias())
        .publicLaunchPermissions(isPublic(image))
        .creationDate(ResponseWriter.time(image.created()))
        .architecture(image.machine().architecture())
        .platformDetails("Linux/UNIX")
        .usageOperation("RunInstances")
        .rootDeviceName(image.machine().rootDeviceName())
        .rootDeviceType("ebs")
        .virtualizationType("hvm")
        .hypervisor("xen")
        .enaSupport(image.machine().enaSupport())
        .sriovNetSupport("simple")
        .bootMode(image.machine().bootMode())
        .tpmSupport(image.machine().tpmSupport())
        .imdsSupport(image.attributes().imdsSupport())
        .deregistrationProtection("disabled")
        .sourceInstanceId(image.origin().instanceId())
        .sourceImageId(image.origin().imageId())
        .sourceImageRegion(image.origin().region())
        .blockDeviceMappings(devices(call, image))
        .tags(Tags.shapes(call.state(), image.id()))
        .build();
  }

  private static String location(ImageRecord image) {
    String owner = image.ownerAlias() == null ? image.ownerId() : image.ownerAlias();
    return owner + "/" + image.name();
  }
}
