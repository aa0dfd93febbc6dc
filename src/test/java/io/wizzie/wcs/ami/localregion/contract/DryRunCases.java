package io.wizzie.wcs.ami.localregion.contract;

import static io.wizzie.wcs.ami.localregion.contract.Situation.HOME;
import static io.wizzie.wcs.ami.localregion.contract.Situation.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;

/** Every action with {@code DryRun}: HTTP 412 with the code {@code DryRunOperation}. */
final class DryRunCases {
  private static final String TITLE = "a dry run";

  private final List<Case> cases = new ArrayList<>();

  private DryRunCases() {}

  static List<Case> all() {
    DryRunCases table = new DryRunCases();
    table.access();
    table.instances();
    table.images();
    table.storage();
    table.surroundings();
    return List.copyOf(table.cases);
  }

  private void dry(String action, Consumer<Situation> call) {
    cases.addAll(CaseTable.of(action).refuses(TITLE, "DryRunOperation", call).cases());
  }

  private void access() {
    dry("CreateKeyPair", s -> s.ec2().createKeyPair(r -> r.keyName("mine").dryRun(true)));
    dry("DeleteKeyPair", s -> s.ec2().deleteKeyPair(r -> r.keyName("mine").dryRun(true)));
    dry(
        "CreateSecurityGroup",
        s -> s.ec2().createSecurityGroup(r -> r.groupName("build").description("d").dryRun(true)));
    dry(
        "AuthorizeSecurityGroupIngress",
        s -> {
          String id = s.group("build");
          s.ec2()
              .authorizeSecurityGroupIngress(
                  r ->
                      r.groupId(id)
                          .ipProtocol("tcp")
                          .fromPort(22)
                          .toPort(22)
                          .cidrIp("192.0.2.1/32")
                          .dryRun(true));
        });
    dry("DescribeSecurityGroups", s -> s.ec2().describeSecurityGroups(r -> r.dryRun(true)));
    dry(
        "DeleteSecurityGroup",
        s -> {
          String id = s.group("build");
          s.ec2().deleteSecurityGroup(r -> r.groupId(id).dryRun(true));
        });
  }

  private void instances() {
    dry("RunInstances", s -> s.launched(r -> r.dryRun(true)));
    dry("DescribeInstances", s -> s.ec2().describeInstances(r -> r.dryRun(true)));
    dry(
        "StopInstances",
        s -> {
          String id = s.running();
          s.ec2().stopInstances(r -> r.instanceIds(id).dryRun(true));
        });
    dry(
        "TerminateInstances",
        s -> {
          String id = s.running();
          s.ec2().terminateInstances(r -> r.instanceIds(id).dryRun(true));
        });
    dry(
        "ModifyInstanceAttribute",
        s -> {
          String id = s.running();
          s.ec2()
              .modifyInstanceAttribute(
                  r ->
                      r.instanceId(id)
                          .disableApiTermination(
                              AttributeBooleanValue.builder().value(true).build())
                          .dryRun(true));
        });
    dry(
        "GetPasswordData",
        s -> {
          String id = s.running();
          s.ec2().getPasswordData(r -> r.instanceId(id).dryRun(true));
        });
  }

  private void images() {
    dry(
        "CreateImage",
        s -> {
          String id = s.stopped();
          s.ec2().createImage(r -> r.instanceId(id).name("made").dryRun(true));
        });
    dry(
        "CopyImage",
        s -> {
          String id = s.image("made");
          s.away()
              .copyImage(r -> r.sourceImageId(id).sourceRegion(HOME).name("copied").dryRun(true));
        });
    dry(
        "RegisterImage",
        s -> {
          String id = s.snapshot();
          s.ec2()
              .registerImage(
                  r ->
                      r.name("registered")
                          .rootDeviceName("/dev/xvda")
                          .virtualizationType("hvm")
                          .blockDeviceMappings(
                              BlockDeviceMapping.builder()
                                  .deviceName("/dev/xvda")
                                  .ebs(EbsBlockDevice.builder().snapshotId(id).build())
                                  .build())
                          .dryRun(true));
        });
    dry("DescribeImages", s -> s.ec2().describeImages(r -> r.owners("self").dryRun(true)));
    dry(
        "DescribeImageAttribute",
        s -> {
          String id = s.image("made");
          s.ec2()
              .describeImageAttribute(
                  r -> r.imageId(id).attribute("launchPermission").dryRun(true));
        });
    dry(
        "ModifyImageAttribute",
        s -> {
          String id = s.image("made");
          s.ec2()
              .modifyImageAttribute(
                  r ->
                      r.imageId(id)
                          .description(AttributeValue.builder().value("d").build())
                          .dryRun(true));
        });
    dry(
        "DeregisterImage",
        s -> {
          String id = s.image("made");
          s.ec2().deregisterImage(r -> r.imageId(id).dryRun(true));
        });
  }

  private void storage() {
    dry(
        "CreateSnapshot",
        s -> {
          String id = s.volume();
          s.ec2().createSnapshot(r -> r.volumeId(id).dryRun(true));
        });
    dry("DescribeSnapshots", s -> s.ec2().describeSnapshots(r -> r.ownerIds("self").dryRun(true)));
    dry(
        "DeleteSnapshot",
        s -> {
          String id = s.snapshot();
          s.ec2().deleteSnapshot(r -> r.snapshotId(id).dryRun(true));
        });
    dry(
        "ModifySnapshotAttribute",
        s -> {
          String id = s.snapshot();
          s.ec2()
              .modifySnapshotAttribute(
                  r ->
                      r.snapshotId(id)
                          .attribute("createVolumePermission")
                          .operationType("add")
                          .userIds("111122223333")
                          .dryRun(true));
        });
    dry(
        "CreateVolume",
        s -> {
          String zone = s.subnets().get(0).availabilityZone();
          s.ec2().createVolume(r -> r.availabilityZone(zone).size(8).dryRun(true));
        });
    dry("DescribeVolumes", s -> s.ec2().describeVolumes(r -> r.dryRun(true)));
    dry(
        "DeleteVolume",
        s -> {
          String id = s.volume();
          s.ec2().deleteVolume(r -> r.volumeId(id).dryRun(true));
        });
    dry(
        "AttachVolume",
        s -> {
          String id = s.running();
          String volumeId = s.volume();
          s.ec2()
              .attachVolume(
                  r -> r.instanceId(id).volumeId(volumeId).device("/dev/sdf").dryRun(true));
        });
    dry(
        "DetachVolume",
        s -> {
          String id = s.rootVolume(s.stopped());
          s.ec2().detachVolume(r -> r.volumeId(id).dryRun(true));
        });
  }

  private void surroundings() {
    dry(
        "CreateTags",
        s -> {
          String id = s.running();
          s.ec2().createTags(r -> r.resources(id).tags(tag("Name", "x")).dryRun(true));
        });
    dry("DescribeTags", s -> s.ec2().describeTags(r -> r.dryRun(true)));
    dry("DescribeSubnets", s -> s.ec2().describeSubnets(r -> r.dryRun(true)));
    dry("DescribeRegions", s -> s.ec2().describeRegions(r -> r.dryRun(true)));
  }
}
