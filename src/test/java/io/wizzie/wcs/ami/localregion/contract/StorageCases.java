package io.wizzie.wcs.ami.localregion.contract;

import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_SNAPSHOT;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_VOLUME;
import static io.wizzie.wcs.ami.localregion.contract.Situation.filter;
import static io.wizzie.wcs.ami.localregion.contract.Situation.form;
import static io.wizzie.wcs.ami.localregion.contract.Situation.tagged;
import static io.wizzie.wcs.ami.localregion.contract.Situation.text;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Volume;

/** The actions on snapshots and volumes. */
final class StorageCases {
  private StorageCases() {}

  static List<Case> all() {
    return Stream.of(
            createSnapshot(),
            describeSnapshots(),
            deleteSnapshot(),
            createVolume(),
            describeVolumes(),
            deleteVolume(),
            attachments())
        .flatMap(cases -> cases.stream())
        .toList();
  }

  private static List<Case> createSnapshot() {
    return CaseTable.of("CreateSnapshot")
        .answers(
            "the new snapshot, pending",
            "[snap-17, pending, 8, of a test, true]",
            s -> {
              String volumeId = s.volume();
              var snapshot =
                  s.ec2().createSnapshot(r -> r.volumeId(volumeId).description("of a test"));
              return List.of(
                  form(snapshot.snapshotId()),
                  snapshot.stateAsString(),
                  snapshot.volumeSize(),
                  snapshot.description(),
                  snapshot.volumeId().equals(volumeId));
            })
        .answers(
            "complete later",
            "[completed, 100%]",
            s -> {
              Snapshot snapshot = s.describedSnapshot(s.snapshot());
              return List.of(snapshot.stateAsString(), snapshot.progress());
            })
        .answers(
            "tags of the creating call",
            "[Name=x]",
            s -> {
              String volumeId = s.volume();
              return text(
                  s.ec2()
                      .createSnapshot(
                          r ->
                              r.volumeId(volumeId)
                                  .tagSpecifications(tagged(ResourceType.SNAPSHOT, "Name", "x")))
                      .tags());
            })
        .refuses(
            "a volume that is not there",
            "InvalidVolume.NotFound",
            s -> s.ec2().createSnapshot(r -> r.volumeId(NO_VOLUME)))
        .refuses("no volume", "MissingParameter", s -> s.ec2().createSnapshot(r -> {}))
        .cases();
  }

  private static List<Case> describeSnapshots() {
    return CaseTable.of("DescribeSnapshots")
        .answers(
            "the caller's own, and no more",
            true,
            s -> {
              s.snapshot();
              return s.ec2().describeSnapshots(r -> r.ownerIds("self")).snapshots().size() == 1;
            })
        .answers(
            "by volume",
            1,
            s -> {
              String volumeId = s.describedSnapshot(s.snapshot()).volumeId();
              s.snapshot();
              return s.ec2()
                  .describeSnapshots(r -> r.filters(filter("volume-id", volumeId)))
                  .snapshots()
                  .size();
            })
        .answers(
            "in pages",
            "[true, true]",
            s -> {
              String volumeId = s.volume();
              for (int i = 0; i < 6; i++) {
                s.ec2().createSnapshot(r -> r.volumeId(volumeId));
              }
              var page = s.ec2().describeSnapshots(r -> r.ownerIds("self").maxResults(5));
              return List.of(page.snapshots().size() == 5, page.nextToken() != null);
            })
        .refuses(
            "an ID that is not there",
            "InvalidSnapshot.NotFound",
            s -> s.describedSnapshot(NO_SNAPSHOT))
        .refuses(
            "what is no ID", "InvalidSnapshotID.Malformed", s -> s.describedSnapshot("snap-zzz"))
        .refuses(
            "an unknown filter",
            "InvalidParameterValue",
            s -> s.ec2().describeSnapshots(r -> r.filters(filter("colour", "red"))))
        .cases();
  }

  private static List<Case> deleteSnapshot() {
    return CaseTable.of("DeleteSnapshot")
        .refuses(
            "is gone then",
            "InvalidSnapshot.NotFound",
            s -> {
              String id = s.snapshot();
              s.ec2().deleteSnapshot(r -> r.snapshotId(id));
              s.describedSnapshot(id);
            })
        .refuses(
            "one of a registered image",
            "InvalidSnapshot.InUse",
            s -> {
              String id = s.snapshotOf(s.image("made"));
              s.ec2().deleteSnapshot(r -> r.snapshotId(id));
            })
        .answers(
            "one of a deregistered image",
            "deleted",
            s -> {
              String imageId = s.image("made");
              String id = s.snapshotOf(imageId);
              s.ec2().deregisterImage(r -> r.imageId(imageId));
              s.ec2().deleteSnapshot(r -> r.snapshotId(id));
              return "deleted";
            })
        .refuses(
            "one that is not there",
            "InvalidSnapshot.NotFound",
            s -> s.ec2().deleteSnapshot(r -> r.snapshotId(NO_SNAPSHOT)))
        .refuses("none named", "MissingParameter", s -> s.ec2().deleteSnapshot(r -> {}))
        .cases();
  }

  private static List<Case> createVolume() {
    return CaseTable.of("CreateVolume")
        .answers(
            "the new volume, being created",
            "[vol-17, creating, 10, gp3]",
            s -> {
              var volume =
                  s.ec2()
                      .createVolume(
                          r ->
                              r.availabilityZone(s.subnets().get(0).availabilityZone())
                                  .size(10)
                                  .volumeType("gp3"));
              return List.of(
                  form(volume.volumeId()),
                  volume.stateAsString(),
                  volume.size(),
                  volume.volumeTypeAsString());
            })
        .answers("available later", "available", s -> s.describedVolume(s.volume()).stateAsString())
        .answers(
            "gp3 has its baseline",
            "[3000, 125]",
            s -> {
              Volume volume = s.describedVolume(s.volume());
              return List.of(String.valueOf(volume.iops()), String.valueOf(volume.throughput()));
            })
        .answers(
            "gp2 where no type is named",
            "gp2",
            s ->
                s.ec2()
                    .createVolume(
                        r -> r.availabilityZone(s.subnets().get(0).availabilityZone()).size(10))
                    .volumeTypeAsString())
        .answers(
            "of a snapshot, as large as that",
            "[8, true]",
            s -> {
              String snapshotId = s.snapshot();
              var volume =
                  s.ec2()
                      .createVolume(
                          r ->
                              r.availabilityZone(s.subnets().get(0).availabilityZone())
                                  .snapshotId(snapshotId));
              return List.of(volume.size(), volume.snapshotId().equals(snapshotId));
            })
        .answers(
            "the same client token gives the same volume",
            true,
            s -> {
              String zone = s.subnets().get(0).availabilityZone();
              String one = once(s, zone);
              return one.equals(once(s, zone));
            })
        .refuses(
            "a zone that is not there",
            "InvalidZone.NotFound",
            s -> s.ec2().createVolume(r -> r.availabilityZone("us-east-1z").size(8)))
        .refuses(
            "a snapshot that is not there",
            "InvalidSnapshot.NotFound",
            s ->
                s.ec2()
                    .createVolume(
                        r ->
                            r.availabilityZone(s.subnets().get(0).availabilityZone())
                                .snapshotId(NO_SNAPSHOT)))
        .refuses(
            "neither size nor snapshot",
            "MissingParameter",
            s ->
                s.ec2()
                    .createVolume(r -> r.availabilityZone(s.subnets().get(0).availabilityZone())))
        .cases();
  }

  private static String once(Situation s, String zone) {
    return s.ec2()
        .createVolume(r -> r.availabilityZone(zone).size(8).clientToken("once"))
        .volumeId();
  }

  private static List<Case> describeVolumes() {
    return CaseTable.of("DescribeVolumes")
        .answers(
            "an instance's, attached",
            "[attached, true, false]",
            s -> {
              String id = s.running();
              Volume volume =
                  s.ec2()
                      .describeVolumes(r -> r.filters(filter("attachment.instance-id", id)))
                      .volumes()
                      .get(0);
              return List.of(
                  volume.attachments().get(0).stateAsString(),
                  volume.attachments().get(0).device().equals(s.instance(id).rootDeviceName()),
                  volume.encrypted());
            })
        .answers(
            "by state",
            1,
            s -> {
              s.running();
              s.volume();
              return s.ec2()
                  .describeVolumes(r -> r.filters(filter("status", "available")))
                  .volumes()
                  .size();
            })
        .refuses(
            "an ID that is not there", "InvalidVolume.NotFound", s -> s.describedVolume(NO_VOLUME))
        .refuses("what is no ID", "InvalidVolumeID.Malformed", s -> s.describedVolume("vol-zzz"))
        .refuses(
            "an unknown filter",
            "InvalidParameterValue",
            s -> s.ec2().describeVolumes(r -> r.filters(filter("colour", "red"))))
        .cases();
  }

  private static List<Case> deleteVolume() {
    return CaseTable.of("DeleteVolume")
        .refuses(
            "is gone then",
            "InvalidVolume.NotFound",
            s -> {
              String id = s.volume();
              s.ec2().deleteVolume(r -> r.volumeId(id));
              s.later();
              s.describedVolume(id);
            })
        .refuses(
            "one that is attached",
            "VolumeInUse",
            s -> {
              String id = s.rootVolume(s.running());
              s.ec2().deleteVolume(r -> r.volumeId(id));
            })
        .refuses(
            "one that is not there",
            "InvalidVolume.NotFound",
            s -> s.ec2().deleteVolume(r -> r.volumeId(NO_VOLUME)))
        .refuses("none named", "MissingParameter", s -> s.ec2().deleteVolume(r -> {}))
        .cases();
  }

  private static List<Case> attachments() {
    List<Case> attach =
        CaseTable.of("AttachVolume")
            .answers(
                "a volume to a running instance",
                "attaching",
                s -> {
                  String id = s.running();
                  String volumeId = s.volume();
                  return s.ec2()
                      .attachVolume(r -> r.instanceId(id).volumeId(volumeId).device("/dev/sdf"))
                      .stateAsString();
                })
            .refuses(
                "no device",
                "MissingParameter",
                s -> {
                  String id = s.running();
                  String volumeId = s.volume();
                  s.ec2().attachVolume(r -> r.instanceId(id).volumeId(volumeId));
                })
            .cases();
    List<Case> detach =
        CaseTable.of("DetachVolume")
            .answers(
                "an instance's volume",
                "detaching",
                s -> {
                  String volumeId = s.rootVolume(s.stopped());
                  return s.ec2().detachVolume(r -> r.volumeId(volumeId)).stateAsString();
                })
            .refuses("no volume", "MissingParameter", s -> s.ec2().detachVolume(r -> {}))
            .cases();
    return Stream.concat(attach.stream(), detach.stream()).toList();
  }
}
