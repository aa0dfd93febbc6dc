package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.LaunchPermissionModifications;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** The actions on images: made, described, copied, changed, deregistered. */
class ImagesTest extends RegionTest {

  @Test
  void theBaseImageIsAmazonsAndPublic() {
    Image image = baseImage();

    assertThat(image.name()).isEqualTo(BASE.name());
    assertThat(image.imageOwnerAlias()).isEqualTo("amazon");
    assertThat(image.stateAsString()).isEqualTo("available");
    assertThat(image.architectureAsString()).isEqualTo("x86_64");
    assertThat(image.virtualizationTypeAsString()).isEqualTo("hvm");
    assertThat(image.rootDeviceTypeAsString()).isEqualTo("ebs");
    assertThat(image.rootDeviceName()).isEqualTo("/dev/xvda");
    assertThat(image.enaSupport()).isTrue();
    assertThat(image.publicLaunchPermissions()).isTrue();
    assertThat(image.creationDate()).isEqualTo("2026-01-01T00:00:00.000Z");
    assertThat(image.blockDeviceMappings())
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.ebs().volumeSize()).isEqualTo(8);
              assertThat(device.ebs().snapshotId()).startsWith("snap-");
            });
    assertThat(refusal(() -> deregister(image.imageId()))).isEqualTo("AuthFailure");
  }

  @Test
  void anImageIsPendingFirstAndAtFirstWithoutSnapshots() {
    Instance instance = stopped(oneInstance());
    String id =
        ec2.createImage(
                CreateImageRequest.builder()
                    .instanceId(instance.instanceId())
                    .name("wcs")
                    .description("A stack")
                    .tagSpecifications(
                        InstancesTest.tagged(ResourceType.IMAGE, "Name", "wcs"),
                        InstancesTest.tagged(ResourceType.SNAPSHOT, "Name", "wcs-root"))
                    .build())
            .imageId();

    assertThat(image(id).stateAsString()).isEqualTo("pending");
    assertThat(snapshotId(image(id))).isNull();
    clock.advance(DELAY.dividedBy(2));
    assertThat(image(id).stateAsString()).isEqualTo("pending");
    assertThat(snapshotId(image(id))).isNotNull();
    later();

    Image image = image(id);
    assertThat(image.stateAsString()).isEqualTo("available");
    assertThat(image.description()).isEqualTo("A stack");
    assertThat(image.ownerId()).isEqualTo("000000000000");
    assertThat(image.sourceInstanceId()).isEqualTo(instance.instanceId());
    assertThat(image.sourceImageId()).isEqualTo(baseImage().imageId());
    assertThat(image.tags()).hasSize(1);
    assertThat(snapshot(image))
        .satisfies(
            snapshot -> {
              assertThat(snapshot.stateAsString()).isEqualTo("completed");
              assertThat(snapshot.progress()).isEqualTo("100%");
              assertThat(snapshot.tags()).hasSize(1);
              assertThat(snapshot.description())
                  .isEqualTo("Created by CreateImage(" + instance.instanceId() + ") for " + id);
            });
    assertThat(engine.images()).containsExactly(BASE.imageRef(), id);
  }

  @Test
  void anInstanceOfTheImageStartsFromIt() {
    String id = imaged("wcs");

    Instance instance = running(oneInstance().imageId(id));

    assertThat(engine.request(instance.instanceId()).imageRef()).isEqualTo(id);
    assertThat(instance.imageId()).isEqualTo(id);
  }

  @Test
  void aPendingImageCanNotBeLaunched() {
    Instance instance = stopped(oneInstance());
    String id = create(instance, "wcs");

    assertThat(refusal(() -> launched(oneInstance().imageId(id))))
        .isEqualTo("InvalidAMIID.Unavailable");
  }

  @Test
  void namesAreUniqueAndWellFormed() {
    Instance instance = stopped(oneInstance());
    String id = create(instance, "wcs 1.1.0 (noble) [a]@'b'");

    assertThat(refused(() -> create(instance, "wcs 1.1.0 (noble) [a]@'b'")))
        .hasMessageContaining("is already in use by AMI " + id)
        .satisfies(
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAMIName.Duplicate"));
    assertThat(refusal(() -> create(instance, "a&b"))).isEqualTo("InvalidAMIName.Malformed");
    assertThat(refusal(() -> create(instance, "ab"))).isEqualTo("InvalidAMIName.Malformed");
    deregister(id);
    assertThat(create(instance, "wcs 1.1.0 (noble) [a]@'b'")).isNotEqualTo(id);
  }

  @Test
  void onlyARunningOrStoppedInstanceHasAnImage() {
    String pending = launched(oneInstance()).instanceId();
    assertThat(
            refusal(
                () ->
                    ec2.createImage(
                        CreateImageRequest.builder().instanceId(pending).name("wcs").build())))
        .isEqualTo("InvalidParameterValue");
    assertThat(create(running(), "wcs")).startsWith("ami-");
  }

  @Test
  void onlyDeleteOnTerminationOfTheRootMayChange() {
    Instance instance = stopped(oneInstance());
    CreateImageRequest.Builder request =
        CreateImageRequest.builder().instanceId(instance.instanceId()).name("wcs");

    assertThat(
            refusal(
                () ->
                    ec2.createImage(
                        request
                            .blockDeviceMappings(
                                root(EbsBlockDevice.builder().volumeSize(100).build()))
                            .build())))
        .isEqualTo("InvalidBlockDeviceMapping");
    String id =
        ec2.createImage(
                request
                    .blockDeviceMappings(
                        root(EbsBlockDevice.builder().deleteOnTermination(false).build()))
                    .build())
            .imageId();
    assertThat(image(id).blockDeviceMappings().get(0).ebs().deleteOnTermination()).isFalse();
  }

  @Test
  void anImageThatCouldNotBeCopiedHasFailed() {
    Instance instance = stopped(oneInstance());
    engine.failOn("commit");
    String id = create(instance, "wcs");
    later();

    assertThat(image(id).stateAsString()).isEqualTo("failed");
    assertThat(image(id).stateReason().message()).contains("podman commit failed");
    assertThat(image(id).blockDeviceMappings().get(0).ebs().snapshotId()).isNotNull();
    assertThat(snapshot(image(id)).stateAsString()).isEqualTo("error");
  }

  @Test
  void deregisteringLeavesTheSnapshotAndItsDataUntilThatIsDeleted() {
    String id = imaged("wcs");
    String snapshot = snapshotId(image(id));

    assertThat(refusal(() -> deleteSnapshot(snapshot))).isEqualTo("InvalidSnapshot.InUse");
    deregister(id);
    assertThat(engine.images()).contains(id);
    assertThat(refusal(() -> image(id))).isEqualTo("InvalidAMIID.Unavailable");
    assertThat(refusal(() -> deregister(id))).isEqualTo("InvalidAMIID.Unavailable");
    deleteSnapshot(snapshot);

    assertThat(engine.images()).containsExactly(BASE.imageRef());
    assertThat(refusal(() -> deleteSnapshot(snapshot))).isEqualTo("InvalidSnapshot.NotFound");
    clock.advance(Duration.ofMinutes(61));
    assertThat(refusal(() -> image(id))).isEqualTo("InvalidAMIID.NotFound");
  }

  @Test
  void aRunningInstanceKeepsTheDataOfADeregisteredImage() {
    String id = imaged("wcs");
    String snapshot = snapshotId(image(id));
    String instance = running(oneInstance().imageId(id)).instanceId();
    deregister(id);
    deleteSnapshot(snapshot);
    assertThat(engine.images()).contains(id);

    terminate(instance);

    assertThat(engine.images()).containsExactly(BASE.imageRef());
  }

  @Test
  void snapshotsCanGoWithTheImage() {
    String id = imaged("wcs");

    assertThat(
            ec2.deregisterImage(
                    DeregisterImageRequest.builder()
                        .imageId(id)
                        .deleteAssociatedSnapshots(true)
                        .build())
                .deleteSnapshotResults())
        .singleElement()
        .satisfies(result -> assertThat(result.returnCodeAsString()).isEqualTo("success"));
    assertThat(engine.images()).containsExactly(BASE.imageRef());
  }

  @Test
  void ownersAndFiltersSelectImages() {
    String one = imaged("wcs-1.1.0");
    String two = imaged("wcs-1.2.0");

    assertThat(found(DescribeImagesRequest.builder().owners("self"))).containsExactly(one, two);
    assertThat(found(DescribeImagesRequest.builder().owners("000000000000"))).hasSize(2);
    assertThat(found(DescribeImagesRequest.builder().owners("137112412989"))).hasSize(1);
    assertThat(found(DescribeImagesRequest.builder().owners("amazon", "self"))).hasSize(3);
    assertThat(found(DescribeImagesRequest.builder())).hasSize(3);
    assertThat(found(filtered("name", "wcs-1.?.0"))).containsExactly(one, two);
    assertThat(found(filtered("name", "*debian-12-amd64-*"))).hasSize(1);
    assertThat(found(filtered("name", "WCS*"))).isEmpty();
    assertThat(found(filtered("state", "available").owners("self"))).hasSize(2);
    assertThat(found(filtered("owner-alias", "amazon"))).hasSize(1);
    assertThat(found(filtered("is-public", "false"))).hasSize(2);
    assertThat(found(filtered("block-device-mapping.volume-size", "8"))).hasSize(3);
    assertThat(found(filtered("root-device-type", "instance-store"))).isEmpty();
    assertThat(found(DescribeImagesRequest.builder().executableUsers("all"))).hasSize(1);
    assertThat(found(DescribeImagesRequest.builder().imageIds(two))).containsExactly(two);
    assertThat(refusal(() -> found(DescribeImagesRequest.builder().owners("me"))))
        .isEqualTo("InvalidUserID.Malformed");
    assertThat(refusal(() -> found(filtered("colour", "blue")))).isEqualTo("InvalidParameterValue");
    assertThat(refused(() -> image("ami-0123456789abcdef0")))
        .hasMessageContaining("The image id '[ami-0123456789abcdef0]' does not exist");
  }

  @Test
  void manyImagesComeInPages() {
    Instance instance = stopped(oneInstance());
    List<String> ids =
        List.of(create(instance, "wcs1"), create(instance, "wcs2"), create(instance, "wcs3"));

    DescribeImagesRequest request =
        DescribeImagesRequest.builder().owners("self").maxResults(2).build();
    DescribeImagesResponse first = ec2.describeImages(request);

    assertThat(first.images()).extracting(Image::imageId).isEqualTo(ids.subList(0, 2));
    assertThat(ec2.describeImagesPaginator(request).images())
        .extracting(Image::imageId)
        .isEqualTo(ids);
  }

  @Test
  void imdsV2IsSetOnceAndHandedOn() {
    String id = imaged("wcs");
    ec2.modifyImageAttribute(
        ModifyImageAttributeRequest.builder()
            .imageId(id)
            .imdsSupport(AttributeValue.builder().value("v2.0").build())
            .build());

    assertThat(image(id).imdsSupportAsString()).isEqualTo("v2.0");
    assertThat(attribute(id, ImageAttributeName.IMDS_SUPPORT).imdsSupport().value())
        .isEqualTo("v2.0");
    Instance instance = running(oneInstance().imageId(id));
    assertThat(instance.metadataOptions().httpTokensAsString()).isEqualTo("required");
    assertThat(image(create(instance, "next")).imdsSupportAsString()).isEqualTo("v2.0");
    assertThat(
            refusal(
                () ->
                    ec2.modifyImageAttribute(
                        ModifyImageAttributeRequest.builder()
                            .imageId(id)
                            .imdsSupport(AttributeValue.builder().value("v1.0").build())
                            .build())))
        .isEqualTo("InvalidParameterValue");
  }

  @Test
  void theDescriptionChangesInBothForms() {
    String id = imaged("wcs");
    ec2.modifyImageAttribute(
        ModifyImageAttributeRequest.builder()
            .imageId(id)
            .description(AttributeValue.builder().value("one").build())
            .build());
    assertThat(image(id).description()).isEqualTo("one");
    ec2.modifyImageAttribute(
        ModifyImageAttributeRequest.builder()
            .imageId(id)
            .attribute("description")
            .value("two <&> \u00e9")
            .build());
    assertThat(attribute(id, ImageAttributeName.DESCRIPTION).description().value())
        .isEqualTo("two <&> \u00e9");
  }

  @Test
  void launchPermissionsAreAddedAndRemoved() {
    String id = imaged("wcs");
    ec2.modifyImageAttribute(
        ModifyImageAttributeRequest.builder()
            .imageId(id)
            .launchPermission(
                LaunchPermissionModifications.builder()
                    .add(
                        LaunchPermission.builder().userId("123456789012").build(),
                        LaunchPermission.builder().group("all").build())
                    .build())
            .build());
    assertThat(image(id).publicLaunchPermissions()).isTrue();
    ec2.modifyImageAttribute(
        ModifyImageAttributeRequest.builder()
            .imageId(id)
            .operationType(OperationType.REMOVE)
            .userGroups("all")
            .build());

    assertThat(attribute(id, ImageAttributeName.LAUNCH_PERMISSION).launchPermissions())
        .containsExactly(LaunchPermission.builder().userId("123456789012").build());
    assertThat(found(DescribeImagesRequest.builder().executableUsers("123456789012")))
        .containsExactly(id);
    assertThat(
            refusal(
                () ->
                    ec2.modifyImageAttribute(
                        ModifyImageAttributeRequest.builder()
                            .imageId(id)
                            .operationType(OperationType.ADD)
                            .userIds("nobody")
                            .build())))
        .isEqualTo("InvalidAMIAttributeItemValue");
  }

  @Test
  void bothFormsOfAPermissionAtOnceAreWhatPackerSends() {
    String id = imaged("wcs");
    ec2.modifyImageAttribute(
        ModifyImageAttributeRequest.builder()
            .imageId(id)
            .userIds("123456789012")
            .launchPermission(
                LaunchPermissionModifications.builder()
                    .add(LaunchPermission.builder().userId("123456789012").build())
                    .build())
            .build());

    assertThat(attribute(id, ImageAttributeName.LAUNCH_PERMISSION).launchPermissions()).hasSize(1);
    assertThat(
            refused(
                () ->
                    ec2.modifyImageAttribute(
                        ModifyImageAttributeRequest.builder()
                            .imageId(id)
                            .userIds("123456789012")
                            .build())))
        .hasMessageContaining("OperationType");
  }

  @Test
  void aCopyInAnotherRegionCanBeLaunchedWhenTheOriginalIsGone() {
    String original = imaged("wcs");
    String snapshot = snapshotId(image(original));
    ec2 = client("eu-west-1");
    String copy =
        ec2.copyImage(
                CopyImageRequest.builder()
                    .sourceImageId(original)
                    .sourceRegion("local")
                    .name("wcs")
                    .clientToken("once")
                    .tagSpecifications(InstancesTest.tagged(ResourceType.IMAGE, "Name", "copy"))
                    .build())
            .imageId();
    assertThat(image(copy).stateAsString()).isEqualTo("pending");
    later();
    assertThat(image(copy).stateAsString()).isEqualTo("available");
    assertThat(image(copy).sourceImageRegion()).isEqualTo("local");

    ec2 = client("local");
    deregister(original);
    deleteSnapshot(snapshot);
    ec2 = client("eu-west-1");
    Instance instance = running(oneInstance().imageId(copy));

    assertThat(engine.request(instance.instanceId()).imageRef()).isEqualTo(original);
    terminate(instance.instanceId());
    String copied = snapshotId(image(copy));
    deregister(copy);
    deleteSnapshot(copied);
    assertThat(engine.images()).containsExactly(BASE.imageRef());
  }

  @Test
  void aRegisteredImageOfARootSnapshotCanBeLaunched() {
    String original = imaged("wcs");
    String snapshot = snapshotId(image(original));
    deregister(original);
    RegisterImageRequest.Builder request =
        RegisterImageRequest.builder()
            .name("again")
            .architecture("x86_64")
            .virtualizationType("hvm")
            .rootDeviceName("/dev/xvda")
            .enaSupport(true)
            .imdsSupport("v2.0");

    assertThat(refusal(() -> ec2.registerImage(request.build())))
        .isEqualTo("InvalidBlockDeviceMapping");
    String id =
        ec2.registerImage(
                request
                    .blockDeviceMappings(
                        root(EbsBlockDevice.builder().snapshotId(snapshot).build()))
                    .build())
            .imageId();
    later();

    assertThat(image(id).imdsSupportAsString()).isEqualTo("v2.0");
    Instance instance = running(oneInstance().imageId(id));
    assertThat(engine.request(instance.instanceId()).imageRef()).isEqualTo(original);
  }

  /** With its IOPS as mappings have them, and as a volume of 12 GiB of it has them. */
  @ParameterizedTest
  @CsvSource({
    "gp2,,,100",
    "gp3,,3000,3000",
    "gp3,4000,4000,4000",
    "io1,500,500,500",
    "io2,500,500,500",
    "st1,,,",
    "sc1,,,",
    "standard,,,"
  })
  void anInstanceMayHaveALargerVolumeThanItsImageWhateverItsType(
      String type, Integer asked, Integer ofImage, Integer ofVolume) {
    String snapshot = image(imaged("wcs")).blockDeviceMappings().get(0).ebs().snapshotId();
    String id =
        ec2.registerImage(
                RegisterImageRequest.builder()
                    .name("of " + type)
                    .rootDeviceName("/dev/xvda")
                    .architecture("x86_64")
                    .virtualizationType("hvm")
                    .blockDeviceMappings(
                        root(
                            EbsBlockDevice.builder()
                                .snapshotId(snapshot)
                                .volumeType(type)
                                .iops(asked)
                                .build()))
                    .build())
            .imageId();
    later();

    Instance instance =
        running(
            oneInstance()
                .imageId(id)
                .blockDeviceMappings(root(EbsBlockDevice.builder().volumeSize(12).build())));

    assertThat(image(id).blockDeviceMappings().get(0).ebs().iops()).isEqualTo(ofImage);
    assertThat(
            ec2.describeVolumes(
                    request ->
                        request.volumeIds(instance.blockDeviceMappings().get(0).ebs().volumeId()))
                .volumes())
        .singleElement()
        .satisfies(
            volume -> {
              assertThat(volume.iops()).isEqualTo(ofVolume);
              assertThat(volume.volumeTypeAsString()).isEqualTo(type);
              assertThat(volume.size()).isEqualTo(12);
            });
  }

  private String create(Instance instance, String name) {
    return ec2.createImage(
            CreateImageRequest.builder().instanceId(instance.instanceId()).name(name).build())
        .imageId();
  }

  private void deregister(String imageId) {
    ec2.deregisterImage(DeregisterImageRequest.builder().imageId(imageId).build());
  }

  private void deleteSnapshot(String snapshotId) {
    ec2.deleteSnapshot(DeleteSnapshotRequest.builder().snapshotId(snapshotId).build());
  }

  private DescribeImageAttributeResponse attribute(String imageId, ImageAttributeName name) {
    return ec2.describeImageAttribute(
        DescribeImageAttributeRequest.builder().imageId(imageId).attribute(name).build());
  }

  private Snapshot snapshot(Image image) {
    return ec2.describeSnapshots(
            DescribeSnapshotsRequest.builder().snapshotIds(snapshotId(image)).build())
        .snapshots()
        .get(0);
  }

  private static String snapshotId(Image image) {
    return image.blockDeviceMappings().get(0).ebs().snapshotId();
  }

  private static BlockDeviceMapping root(EbsBlockDevice ebs) {
    return BlockDeviceMapping.builder().deviceName("/dev/xvda").ebs(ebs).build();
  }

  private static DescribeImagesRequest.Builder filtered(String name, String value) {
    return DescribeImagesRequest.builder()
        .filters(Filter.builder().name(name).values(value).build());
  }

  private List<String> found(DescribeImagesRequest.Builder request) {
    return ec2.describeImages(request.build()).images().stream().map(Image::imageId).toList();
  }
}
