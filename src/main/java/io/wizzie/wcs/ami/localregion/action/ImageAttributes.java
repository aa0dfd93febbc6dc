package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.BlockDevice;
import io.wizzie.wcs.ami.localregion.state.ImageRecord;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.LaunchPermissionModifications;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeResponse;

/** ModifyImageAttribute and DescribeImageAttribute. */
final class ImageAttributes {
  private ImageAttributes() {}

  static ModifyImageAttributeResponse modify(Call call, ModifyImageAttributeRequest request) {
    ImageRecord image = Lookup.ownImage(call.state(), request.imageId());
    ImageRecord.Attributes now = image.attributes();
    String attribute = attribute(request);
    ImageRecord.Attributes changed =
        switch (attribute) {
          case "description" ->
              now.withDescription(described(value(request.description(), request.value())));
          case "imdsSupport" ->
              now.withImdsSupport(imdsSupport(value(request.imdsSupport(), request.value())));
          case "launchPermission" -> permitted(image, request);
          case "productCodes" ->
              throw Refusal.of(
                  "AuthFailure", "Only sellers may attach product codes to their images");
          default -> throw Refusal.invalidValue(attribute, "Attribute");
        };
    call.state().images.put(image.id(), image.withAttributes(changed));
    return ModifyImageAttributeResponse.builder().build();
  }

  /** Which attribute is meant: by its name, or by the parameter that has the value. */
  private static String attribute(ModifyImageAttributeRequest request) {
    if (request.attribute() != null) {
      return request.attribute();
    }
    List<String> given =
        Stream.of(
                request.description() == null ? null : "description",
                request.imdsSupport() == null ? null : "imdsSupport",
                request.launchPermission() == null
                        && request.userIds().isEmpty()
                        && request.userGroups().isEmpty()
                    ? null
                    : "launchPermission",
                request.productCodes().isEmpty() ? null : "productCodes")
            .flatMap(Stream::ofNullable)
            .toList();
    if (given.isEmpty()) {
      throw Refusal.missing("Attribute");
    }
    if (given.size() > 1) {
      throw Refusal.invalidCombination(
          "Only one attribute can be modified at a time, not " + String.join(" and ", given));
    }
    return given.get(0);
  }

  private static String value(@Nullable AttributeValue named, @Nullable String value) {
    if (named != null && named.value() != null) {
      return named.value();
    }
    if (value == null) {
      throw Refusal.missing("Value");
    }
    return value;
  }

  private static String described(String description) {
    ImageActions.checkDescription(description);
    return description;
  }

  /** It can't be taken back: EC2 knows no other value. */
  static String imdsSupport(String value) {
    if (!value.equals("v2.0")) {
      throw Refusal.invalidValue("Invalid value '" + value + "' for imdsSupport. Must be v2.0");
    }
    return value;
  }

  private static ImageRecord.Attributes permitted(
      ImageRecord image, ModifyImageAttributeRequest request) {
    LaunchPermissionModifications changes =
        request.launchPermission() == null
            ? LaunchPermissionModifications.builder().build()
            : request.launchPermission();
    if (!request.organizationArns().isEmpty()
        || !request.organizationalUnitArns().isEmpty()
        || Stream.concat(changes.add().stream(), changes.remove().stream())
            .anyMatch(
                one -> one.organizationArn() != null || one.organizationalUnitArn() != null)) {
      throw Refusal.unsupported("The local region has no organizations to share an image with");
    }
    Permissions.Change change =
        new Permissions.Change(permissions(changes.add()), permissions(changes.remove()))
            .with(
                "LaunchPermission",
                new Permissions(request.userIds(), request.userGroups()),
                request.operationTypeAsString());
    // As in EC2: the account's own key opens the snapshots, and nobody else has it.
    if (!change.add().isEmpty() && image.devices().stream().anyMatch(BlockDevice::encrypted)) {
      throw Refusal.of(
          "InvalidParameter", "Snapshots encrypted with the AWS Managed CMK can't be shared");
    }
    Permissions changed =
        new Permissions(image.attributes().launchUsers(), image.attributes().launchGroups())
            .changed(change, "AMI");
    return image.attributes().withPermissions(changed.users(), changed.groups());
  }

  private static Permissions permissions(List<LaunchPermission> entries) {
    return Permissions.of(entries, LaunchPermission::userId, LaunchPermission::groupAsString);
  }

  static DescribeImageAttributeResponse describe(Call call, DescribeImageAttributeRequest request) {
    ImageRecord image = Lookup.ownImage(call.state(), request.imageId());
    DescribeImageAttributeResponse.Builder answer =
        DescribeImageAttributeResponse.builder().imageId(image.id());
    switch (request.attributeAsString()) {
      case "description" -> answer.description(holding(image.attributes().description()));
      case "launchPermission" -> answer.launchPermissions(launchPermissions(image));
      case "imdsSupport" -> answer.imdsSupport(holding(image.attributes().imdsSupport()));
      case "bootMode" -> answer.bootMode(holding(image.machine().bootMode()));
      case "tpmSupport" -> answer.tpmSupport(holding(image.machine().tpmSupport()));
      // EC2 no longer tells it here, whoever asks, but through DescribeImages.
      case "blockDeviceMapping" ->
          throw Refusal.of("AuthFailure", "Unauthorized attempt to access restricted resource");
      case "sriovNetSupport" -> answer.sriovNetSupport(holding("simple"));
      case "productCodes" -> answer.productCodes(List.of());
      case "kernel" -> answer.kernelId(holding(null));
      case "ramdisk" -> answer.ramdiskId(holding(null));
      case "uefiData" -> answer.uefiData(holding(null));
      case "lastLaunchedTime" -> answer.lastLaunchedTime(holding(null));
      case "deregistrationProtection" -> answer.deregistrationProtection(holding("disabled"));
      default -> throw Refusal.invalidValue(request.attributeAsString(), "Attribute");
    }
    return answer.build();
  }

  private static AttributeValue holding(@Nullable String value) {
    return AttributeValue.builder().value(value).build();
  }

  private static List<LaunchPermission> launchPermissions(ImageRecord image) {
    return Stream.concat(
            image.attributes().launchGroups().stream()
                .map(group -> LaunchPermission.builder().group(group).build()),
            image.attributes().launchUsers().stream()
                .map(user -> LaunchPermission.builder().userId(user).build()))
        .toList();
  }
}
