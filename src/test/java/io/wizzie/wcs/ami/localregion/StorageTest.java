package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermissionModifications;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GetPasswordDataRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** The actions on volumes and snapshots. */
class StorageTest extends RegionTest {

  @Test
  void aVolumeIsCreatingThenAvailable() {
    CreateVolumeResponse created =
        ec2.createVolume(
            gp3(10)
                .tagSpecifications(InstancesTest.tagged(ResourceType.VOLUME, "Name", "data"))
                .build());

    assertThat(created.stateAsString()).isEqualTo("creating");
    assertThat(created.iops()).isEqualTo(3000);
    assertThat(refusal(() -> deleteVolume(created.volumeId()))).isEqualTo("IncorrectState");
    later();
    Volume volume = volume(created.volumeId());
    assertThat(volume.stateAsString()).isEqualTo("available");
    assertThat(volume.tags()).hasSize(1);
    deleteVolume(created.volumeId());
    assertThat(refusal(() -> volume(created.volumeId()))).isEqualTo("InvalidVolume.NotFound");
    assertThat(ec2.describeTags().tags()).isEmpty();
  }

  @Test
  void whatWasJustCreatedIsToldWithoutWhatLaterComesToIt() {
    CreateVolumeResponse volume = ec2.createVolume(gp3(10).build());
    CreateSnapshotResponse snapshot =
        ec2.createSnapshot(CreateSnapshotRequest.builder().volumeId(volume.volumeId()).build());

    assertThat(volume.hasAttachments()).isFalse();
    assertThat(snapshot.progress()).isEmpty();
    assertThat(snapshot.storageTierAsString()).isNull();
    assertThat(snapshot.completionTime()).isNull();
    assertThat(snapshot(snapshot.snapshotId()).storageTierAsString()).isEqualTo("standard");
  }

  @Test
  void aRepeatedClientTokenMakesNoSecondVolume() {
    CreateVolumeRequest request = gp3(10).clientToken("once").build();

    assertThat(ec2.createVolume(request).volumeId())
        .isEqualTo(ec2.createVolume(request).volumeId());
    assertThat(refusal(() -> ec2.createVolume(request.toBuilder().size(11).build())))
        .isEqualTo("IdempotentParameterMismatch");
  }

  @Test
  void volumesAreChecked() {
    assertThat(refusal(() -> ec2.createVolume(gp3(10).availabilityZone("mars").build())))
        .isEqualTo("InvalidZone.NotFound");
    assertThat(refusal(() -> ec2.createVolume(gp3(10).iops(1).build())))
        .isEqualTo("InvalidParameterValue");
    assertThat(
            refusal(
                () -> ec2.createVolume(gp3(10).volumeType(VolumeType.GP2).throughput(200).build())))
        .isEqualTo("InvalidParameterCombination");
    assertThat(refusal(() -> ec2.createVolume(gp3(10).size(null).build())))
        .isEqualTo("MissingParameter");
    assertThat(
            refusal(() -> ec2.createVolume(gp3(10).snapshotId("snap-0123456789abcdef0").build())))
        .isEqualTo("InvalidSnapshot.NotFound");
  }

  @Test
  void anAttachedVolumeStays() {
    String instance = running().instanceId();
    String volume = ec2.describeVolumes().volumes().get(0).volumeId();

    assertThat(refused(() -> deleteVolume(volume)))
        .hasMessageContaining("is currently attached to " + instance)
        .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("VolumeInUse"));
  }

  @Test
  void aRootVolumesSnapshotHasTheGuestsFilesBehindIt() {
    running();
    String volume = ec2.describeVolumes().volumes().get(0).volumeId();
    CreateSnapshotResponse created =
        ec2.createSnapshot(
            CreateSnapshotRequest.builder().volumeId(volume).description("before").build());

    assertThat(created.stateAsString()).isEqualTo("pending");
    later();
    assertThat(snapshot(created.snapshotId()).stateAsString()).isEqualTo("completed");
    assertThat(snapshot(created.snapshotId()).completionTime()).isNotNull();
    String image =
        ec2.registerImage(
                RegisterImageRequest.builder()
                    .name("from-snapshot")
                    .architecture("x86_64")
                    .virtualizationType("hvm")
                    .rootDeviceName("/dev/xvda")
                    .blockDeviceMappings(root(created.snapshotId()))
                    .build())
            .imageId();
    later();
    String launched = running(oneInstance().imageId(image)).instanceId();
    assertThat(engine.request(launched).imageRef()).isEqualTo(created.snapshotId());
  }

  @Test
  void aDataVolumesSnapshotCanBeRegisteredButNotLaunched() {
    String volume = ec2.createVolume(gp3(10).build()).volumeId();
    String snapshot =
        ec2.createSnapshot(CreateSnapshotRequest.builder().volumeId(volume).build()).snapshotId();
    later();
    String image =
        ec2.registerImage(
                RegisterImageRequest.builder()
                    .name("data-only")
                    .architecture("x86_64")
                    .virtualizationType("hvm")
                    .rootDeviceName("/dev/xvda")
                    .blockDeviceMappings(root(snapshot))
                    .build())
            .imageId();
    later();

    assertThat(image(image).stateAsString()).isEqualTo("available");
    assertThat(refusal(() -> launched(oneInstance().imageId(image))))
        .isEqualTo("UnsupportedOperation");
  }

  @Test
  void anEncryptedVolumeMakesEncryptedSnapshotsThatAreNotShared() {
    String volume = ec2.createVolume(gp3(10).encrypted(true).build()).volumeId();
    String snapshot =
        ec2.createSnapshot(CreateSnapshotRequest.builder().volumeId(volume).build()).snapshotId();

    assertThat(snapshot(snapshot).encrypted()).isTrue();
    assertThat(refusal(() -> ec2.modifySnapshotAttribute(shared(snapshot))))
        .isEqualTo("OperationNotPermitted");
  }

  @Test
  void snapshotsAreSharedAndNotAnyMore() {
    String volume = ec2.createVolume(gp3(10).build()).volumeId();
    String snapshot =
        ec2.createSnapshot(CreateSnapshotRequest.builder().volumeId(volume).build()).snapshotId();
    ec2.modifySnapshotAttribute(shared(snapshot));

    assertThat(restorableBy("123456789012")).containsExactly(snapshot);
    ec2.modifySnapshotAttribute(
        ModifySnapshotAttributeRequest.builder()
            .snapshotId(snapshot)
            .attribute("createVolumePermission")
            .operationType(OperationType.REMOVE)
            .userIds("123456789012")
            .build());
    assertThat(restorableBy("123456789012")).isEmpty();
    assertThat(
            refusal(
                () ->
                    ec2.modifySnapshotAttribute(
                        ModifySnapshotAttributeRequest.builder().snapshotId(snapshot).build())))
        .isEqualTo("MissingParameter");
  }

  @Test
  void ownersAndFiltersSelectSnapshots() {
    String volume = ec2.createVolume(gp3(10).build()).volumeId();
    String snapshot =
        ec2.createSnapshot(CreateSnapshotRequest.builder().volumeId(volume).build()).snapshotId();

    assertThat(found(DescribeSnapshotsRequest.builder().ownerIds("self")))
        .containsExactly(snapshot);
    assertThat(found(DescribeSnapshotsRequest.builder().ownerIds("amazon"))).hasSize(1);
    assertThat(found(filtered("volume-id", volume))).containsExactly(snapshot);
    assertThat(found(filtered("status", "pending"))).containsExactly(snapshot);
    assertThat(refusal(() -> found(DescribeSnapshotsRequest.builder().snapshotIds("snap-x"))))
        .isEqualTo("InvalidSnapshotID.Malformed");
    ec2.deleteSnapshot(DeleteSnapshotRequest.builder().snapshotId(snapshot).build());
    assertThat(found(DescribeSnapshotsRequest.builder().ownerIds("self"))).isEmpty();
  }

  @Test
  void whatTheRegionHasNoneOfIsSaidToBeUnsupported() {
    assertThat(
            refusal(
                () ->
                    ec2.attachVolume(
                        AttachVolumeRequest.builder()
                            .device("/dev/sdf")
                            .instanceId("i-0123456789abcdef0")
                            .volumeId("vol-0123456789abcdef0")
                            .build())))
        .isEqualTo("UnsupportedOperation");
    assertThat(
            refusal(
                () ->
                    ec2.detachVolume(
                        DetachVolumeRequest.builder().volumeId("vol-0123456789abcdef0").build())))
        .isEqualTo("UnsupportedOperation");
    assertThat(
            refusal(
                () ->
                    ec2.getPasswordData(
                        GetPasswordDataRequest.builder()
                            .instanceId("i-0123456789abcdef0")
                            .build())))
        .isEqualTo("UnsupportedOperation");
  }

  private static CreateVolumeRequest.Builder gp3(int sizeGib) {
    return CreateVolumeRequest.builder()
        .availabilityZone("locala")
        .size(sizeGib)
        .volumeType(VolumeType.GP3);
  }

  private static ModifySnapshotAttributeRequest shared(String snapshotId) {
    return ModifySnapshotAttributeRequest.builder()
        .snapshotId(snapshotId)
        .createVolumePermission(
            CreateVolumePermissionModifications.builder()
                .add(CreateVolumePermission.builder().userId("123456789012").build())
                .build())
        .build();
  }

  private static BlockDeviceMapping root(String snapshotId) {
    return BlockDeviceMapping.builder()
        .deviceName("/dev/xvda")
        .ebs(EbsBlockDevice.builder().snapshotId(snapshotId).build())
        .build();
  }

  private void deleteVolume(String id) {
    ec2.deleteVolume(DeleteVolumeRequest.builder().volumeId(id).build());
  }

  private Volume volume(String id) {
    return ec2.describeVolumes(DescribeVolumesRequest.builder().volumeIds(id).build())
        .volumes()
        .get(0);
  }

  private Snapshot snapshot(String id) {
    return ec2.describeSnapshots(DescribeSnapshotsRequest.builder().snapshotIds(id).build())
        .snapshots()
        .get(0);
  }

  private List<String> restorableBy(String user) {
    return found(DescribeSnapshotsRequest.builder().ownerIds("self").restorableByUserIds(user));
  }

  private static DescribeSnapshotsRequest.Builder filtered(String name, String value) {
    return DescribeSnapshotsRequest.builder()
        .filters(Filter.builder().name(name).values(value).build());
  }

  private List<String> found(DescribeSnapshotsRequest.Builder request) {
    return ec2.describeSnapshots(request.build()).snapshots().stream()
        .map(Snapshot::snapshotId)
        .toList();
  }
}
