package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.Ids;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import io.wizzie.wcs.ami.localregion.state.SnapshotRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CopyImageResponse;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageResponse;

/**
 * CopyImage and RegisterImage. A copy's snapshots stand for the same file system as the original's,
 * so it can be launched as well.
 */
final class ImageCopies {
  private static final Set<String> ARCHITECTURES = Set.of("x86_64", "arm64", "i386");

  private ImageCopies() {}

  static CopyImageResponse copy(Call call, CopyImageRequest request) {
    String id =
        ClientTokens.replay(call, request.clientToken())
            .orElseGet(() -> List.of(copyOf(call, request)))
            .get(0);
    ClientTokens.remember(call, request.clientToken(), List.of(id));
    return CopyImageResponse.builder().imageId(id).build();
  }

  private static String copyOf(Call call, CopyImageRequest request) {
    RegionState from = call.regions().apply(sourceRegion(call, request));
    ImageRecord source = Lookup.image(from, request.sourceImageId());
    if (States.of(source, from, call.now(), call.delays()) != ImageState.AVAILABLE) {
      throw Refusal.of(
          "InvalidRequest", "The image '" + source.id() + "' is not available and can't be copied");
    }
    ImageActions.checkName(call.state(), request.name());
    ImageActions.checkDescription(request.description());
    Tags.check(request.tagSpecifications(), Set.of("image", "snapshot"));
    String id = Ids.random("ami");
    List<BlockDevice> devices = new ArrayList<>();
    for (BlockDevice device : source.devices()) {
      devices.add(copyOf(call, request, from, device, source.id()));
    }
    if (Boolean.TRUE.equals(request.copyImageTags()) && from.tags.containsKey(source.id())) {
      call.state().tags.put(id, new TreeMap<>(Tags.of(from, source.id())));
    }
    String description =
        request.description() == null ? source.attributes().description() : request.description();
    ImageActions.add(
        call,
        id,
        request.name(),
        new ImageRecord.Origin(null, source.id(), request.sourceRegion()),
        source.machine(),
        devices,
        // Permissions are not copied, and tags only if that is asked for.
        ImageRecord.Attributes.of(description, source.attributes().imdsSupport()),
        request.tagSpecifications());
    return id;
  }

  private static String sourceRegion(Call call, CopyImageRequest request) {
    String name = request.sourceRegion();
    if (!KnownRegions.known(call.region()).contains(name)) {
      throw Refusal.invalidValue(name, "sourceRegion");
    }
    return name;
  }

  private static BlockDevice copyOf(
      Call call, CopyImageRequest request, RegionState from, BlockDevice device, String imageId) {
    SnapshotRecord source =
        device.snapshotId() == null ? null : from.snapshots.get(device.snapshotId());
    if (source == null) {
      return device;
    }
    boolean encrypted = source.encrypted() || Boolean.TRUE.equals(request.encrypted());
    SnapshotRecord copy =
        new SnapshotRecord(
            Ids.random("snap"),
            Account.ID,
            null,
            "vol-ffffffff",
            source.sizeGib(),
            "Copied for DestinationAmi %s from SourceAmi %s for SourceSnapshot %s"
                .formatted(request.name(), imageId, source.id()),
            call.now(),
            encrypted,
            request.kmsKeyId() == null ? source.kmsKeyId() : request.kmsKeyId(),
            source.contentRef(),
            List.of(),
            List.of());
    States.content(source, from)
        .ifPresent(content -> call.state().contents.putIfAbsent(content.ref(), content));
    call.state().snapshots.put(copy.id(), copy);
    Tags.apply(call, copy.id(), request.tagSpecifications());
    return device.withSnapshot(copy.id()).withEncrypted(encrypted);
  }

  static RegisterImageResponse register(Call call, RegisterImageRequest request) {
    ImageActions.checkName(call.state(), request.name());
    ImageActions.checkDescription(request.description());
    Tags.check(request.tagSpecifications(), Set.of("image"));
    if (request.imageLocation() != null) {
      throw Refusal.unsupported("The local region has no images that are kept in S3");
    }
    String architecture =
        request.architectureAsString() == null ? "i386" : request.architectureAsString();
    if (!ARCHITECTURES.contains(architecture)) {
      throw Refusal.invalidValue(architecture, "architecture");
    }
    if (!"hvm".equals(request.virtualizationType())) {
      throw Refusal.unsupported("The local region has images of the virtualization type hvm only");
    }
    String imds = request.imdsSupportAsString();
    String root = request.rootDeviceName() == null ? "/dev/sda1" : request.rootDeviceName();
    List<BlockDevice> devices =
        BlockDevices.merge(call.state(), List.of(), request.blockDeviceMappings());
    if (devices.stream()
        .noneMatch(device -> device.name().equals(root) && device.snapshotId() != null)) {
      throw Refusal.of(
          "InvalidBlockDeviceMapping", "A snapshot must be specified for the root device " + root);
    }
    String id = Ids.random("ami");
    ImageActions.add(
        call,
        id,
        request.name(),
        new ImageRecord.Origin(null, null, null),
        new ImageRecord.Machine(
            architecture,
            root,
            Boolean.TRUE.equals(request.enaSupport()),
            request.bootModeAsString(),
            request.tpmSupportAsString()),
        devices,
        ImageRecord.Attributes.of(
            request.description(), imds == null ? null : ImageAttributes.imdsSupport(imds)),
        request.tagSpecifications());
    return RegisterImageResponse.builder().imageId(id).build();
  }
}
