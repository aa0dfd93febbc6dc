package io.wizzie.wcs.ami.localregion.contract;

import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_IMAGE;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_INSTANCE;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_SNAPSHOT;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.LaunchPermissionModifications;

/** The actions on attributes of images, instances and snapshots. */
final class AttributeCases {
  private static final String FRIEND = "111122223333";

  private AttributeCases() {}

  static List<Case> all() {
    return Stream.of(modifyImage(), describeImage(), modifyInstance(), modifySnapshot())
        .flatMap(table -> table.cases().stream())
        .toList();
  }

  private static CaseTable modifyImage() {
    return CaseTable.of("ModifyImageAttribute")
        .answers(
            "launch permission for an account",
            "[" + FRIEND + "]",
            s -> {
              String id = s.image("made");
              share(s, id, "add");
              return sharedWith(s, id);
            })
        .answers(
            "launch permission taken back",
            "[]",
            s -> {
              String id = s.image("made");
              share(s, id, "add");
              share(s, id, "remove");
              return sharedWith(s, id);
            })
        .answers(
            "launch permission in its newer form",
            "[" + FRIEND + "]",
            s -> {
              String id = s.image("made");
              s.ec2()
                  .modifyImageAttribute(
                      r ->
                          r.imageId(id)
                              .launchPermission(
                                  LaunchPermissionModifications.builder()
                                      .add(LaunchPermission.builder().userId(FRIEND).build())
                                      .build()));
              return sharedWith(s, id);
            })
        .answers(
            "made public",
            true,
            s -> {
              String id = s.image("made");
              s.ec2()
                  .modifyImageAttribute(
                      r ->
                          r.imageId(id)
                              .attribute("launchPermission")
                              .operationType("add")
                              .userGroups("all"));
              return s.describedImage(id).publicLaunchPermissions();
            })
        .answers(
            "a description",
            "for sale",
            s -> {
              String id = s.image("made");
              s.ec2()
                  .modifyImageAttribute(
                      r ->
                          r.imageId(id)
                              .description(AttributeValue.builder().value("for sale").build()));
              return s.describedImage(id).description();
            })
        .answers(
            "IMDSv2 only",
            "v2.0",
            s -> {
              String id = s.image("made");
              s.ec2()
                  .modifyImageAttribute(
                      r ->
                          r.imageId(id)
                              .imdsSupport(AttributeValue.builder().value("v2.0").build()));
              return s.describedImage(id).imdsSupportAsString();
            })
        .refuses(
            "an account that can't be one",
            "InvalidAMIAttributeItemValue",
            s -> {
              String id = s.image("made");
              s.ec2()
                  .modifyImageAttribute(
                      r ->
                          r.imageId(id)
                              .attribute("launchPermission")
                              .operationType("add")
                              .userIds("nobody"));
            })
        .refuses(
            "somebody else's image",
            "AuthFailure",
            s -> {
              String id = s.baseImage().imageId();
              share(s, id, "add");
            })
        .refuses(
            "an image that is not there", "InvalidAMIID.NotFound", s -> share(s, NO_IMAGE, "add"));
  }

  private static void share(Situation s, String imageId, String operation) {
    s.ec2()
        .modifyImageAttribute(
            r ->
                r.imageId(imageId)
                    .attribute("launchPermission")
                    .operationType(operation)
                    .userIds(FRIEND));
  }

  private static List<String> sharedWith(Situation s, String imageId) {
    return s
        .ec2()
        .describeImageAttribute(r -> r.imageId(imageId).attribute("launchPermission"))
        .launchPermissions()
        .stream()
        .map(LaunchPermission::userId)
        .toList();
  }

  private static CaseTable describeImage() {
    return CaseTable.of("DescribeImageAttribute")
        .answers("nobody may launch it at first", "[]", s -> sharedWith(s, s.image("made")))
        .answers(
            "the description",
            "for sale",
            s -> {
              String instanceId = s.stopped();
              String id =
                  s.ec2()
                      .createImage(
                          r -> r.instanceId(instanceId).name("made").description("for sale"))
                      .imageId();
              s.later();
              return s.ec2()
                  .describeImageAttribute(r -> r.imageId(id).attribute("description"))
                  .description()
                  .value();
            })
        .refuses(
            "the block devices: only DescribeImages tells them",
            "AuthFailure",
            s -> {
              String id = s.image("made");
              s.ec2().describeImageAttribute(r -> r.imageId(id).attribute("blockDeviceMapping"));
            })
        .refuses(
            "an image that is not there",
            "InvalidAMIID.NotFound",
            s ->
                s.ec2()
                    .describeImageAttribute(r -> r.imageId(NO_IMAGE).attribute("launchPermission")))
        .refuses(
            "an unknown attribute",
            "InvalidParameterValue",
            s -> {
              String id = s.image("made");
              s.ec2().describeImageAttribute(r -> r.imageId(id).attribute("colour"));
            })
        .refuses(
            "somebody else's image",
            "AuthFailure",
            s -> {
              String id = s.baseImage().imageId();
              s.ec2().describeImageAttribute(r -> r.imageId(id).attribute("launchPermission"));
            });
  }

  private static CaseTable modifyInstance() {
    return CaseTable.of("ModifyInstanceAttribute")
        .answers(
            "another type for a stopped instance",
            "t3.small",
            s -> {
              String id = s.stopped();
              s.ec2()
                  .modifyInstanceAttribute(
                      r ->
                          r.instanceId(id)
                              .instanceType(AttributeValue.builder().value("t3.small").build()));
              return s.instance(id).instanceTypeAsString();
            })
        .refuses(
            "another type for a running instance",
            "IncorrectInstanceState",
            s -> {
              String id = s.running();
              s.ec2()
                  .modifyInstanceAttribute(
                      r ->
                          r.instanceId(id)
                              .instanceType(AttributeValue.builder().value("t3.small").build()));
            })
        .answers(
            "protection against termination, on and off",
            "OperationNotPermitted, shutting-down",
            s -> {
              String id = s.running();
              protect(s, id, true);
              String refusal =
                  new Case("", "", "", same -> s.ec2().terminateInstances(r -> r.instanceIds(id)))
                      .answer(s);
              protect(s, id, false);
              return refusal
                  + ", "
                  + s.ec2()
                      .terminateInstances(r -> r.instanceIds(id))
                      .terminatingInstances()
                      .get(0)
                      .currentState()
                      .nameAsString();
            })
        .answers(
            "other groups",
            "build",
            s -> {
              String id = s.running();
              String group = s.group("build");
              s.ec2().modifyInstanceAttribute(r -> r.instanceId(id).groups(group));
              return s.instance(id).securityGroups().get(0).groupName();
            })
        .answers(
            "no check of source and destination",
            false,
            s -> {
              String id = s.running();
              s.ec2()
                  .modifyInstanceAttribute(
                      r ->
                          r.instanceId(id)
                              .sourceDestCheck(
                                  AttributeBooleanValue.builder().value(false).build()));
              return s.instance(id).sourceDestCheck();
            })
        .refuses(
            "an instance that is not there",
            "InvalidInstanceID.NotFound",
            s -> protect(s, NO_INSTANCE, true));
  }

  private static void protect(Situation s, String id, boolean on) {
    s.ec2()
        .modifyInstanceAttribute(
            r ->
                r.instanceId(id)
                    .disableApiTermination(AttributeBooleanValue.builder().value(on).build()));
  }

  private static CaseTable modifySnapshot() {
    return CaseTable.of("ModifySnapshotAttribute")
        .answers(
            "permission for an account",
            "accepted",
            s -> {
              shareSnapshot(s, s.snapshot(), FRIEND);
              return "accepted";
            })
        .refuses(
            "an account that can't be one",
            "InvalidSnapshotAttributeItemValue",
            s -> shareSnapshot(s, s.snapshot(), "nobody"))
        .refuses(
            "a snapshot that is not there",
            "InvalidSnapshot.NotFound",
            s -> shareSnapshot(s, NO_SNAPSHOT, FRIEND));
  }

  private static void shareSnapshot(Situation s, String id, String account) {
    s.ec2()
        .modifySnapshotAttribute(
            r ->
                r.snapshotId(id)
                    .attribute("createVolumePermission")
                    .operationType("add")
                    .userIds(account));
  }
}
