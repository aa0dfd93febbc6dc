package io.wizzie.wcs.ami.localregion.contract;

import static io.wizzie.wcs.ami.localregion.contract.Situation.HOME;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_IMAGE;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_INSTANCE;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_SNAPSHOT;
import static io.wizzie.wcs.ami.localregion.contract.Situation.filter;
import static io.wizzie.wcs.ami.localregion.contract.Situation.form;
import static io.wizzie.wcs.ami.localregion.contract.Situation.tag;
import static io.wizzie.wcs.ami.localregion.contract.Situation.tagged;
import static io.wizzie.wcs.ami.localregion.contract.Situation.text;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** CreateImage, CopyImage, RegisterImage, DescribeImages and DeregisterImage. */
final class ImageCases {
  private ImageCases() {}

  static List<Case> all() {
    return Stream.of(create(), copy(), register(), describe(), deregister())
        .flatMap(table -> table.cases().stream())
        .toList();
  }

  private static CaseTable create() {
    return CaseTable.of("CreateImage")
        .answers(
            "the new image's ID",
            "ami-17",
            s -> {
              String id = s.stopped();
              return form(s.ec2().createImage(r -> r.instanceId(id).name("made")).imageId());
            })
        .answers(
            "pending at first",
            "pending",
            s -> {
              String id = s.stopped();
              String imageId = s.ec2().createImage(r -> r.instanceId(id).name("made")).imageId();
              return s.describedImage(imageId).stateAsString();
            })
        .answers(
            "available later", "available", s -> s.describedImage(s.image("made")).stateAsString())
        .answers(
            "what the image is",
            "[made, ebs, hvm, x86_64, machine, false]",
            s -> {
              Image image = s.describedImage(s.image("made"));
              return List.of(
                  image.name(),
                  image.rootDeviceTypeAsString(),
                  image.virtualizationTypeAsString(),
                  image.architectureAsString(),
                  image.imageTypeAsString(),
                  image.publicLaunchPermissions());
            })
        .answers(
            "of a running instance, without a reboot",
            "available",
            s -> {
              String id = s.running();
              String imageId =
                  s.ec2().createImage(r -> r.instanceId(id).name("made").noReboot(true)).imageId();
              s.later();
              return s.describedImage(imageId).stateAsString();
            })
        .answers(
            "tags of the creating call on image and snapshot",
            "[[Name=image], [Name=disk]]",
            s -> {
              String id = s.stopped();
              String imageId =
                  s.ec2()
                      .createImage(
                          r ->
                              r.instanceId(id)
                                  .name("made")
                                  .tagSpecifications(
                                      tagged(ResourceType.IMAGE, "Name", "image"),
                                      tagged(ResourceType.SNAPSHOT, "Name", "disk")))
                      .imageId();
              s.later();
              return List.of(
                  text(s.describedImage(imageId).tags()),
                  text(s.describedSnapshot(s.snapshotOf(imageId)).tags()));
            })
        .answers(
            "its snapshot is the caller's and complete",
            "[completed, 100%, true]",
            s -> {
              Image image = s.describedImage(s.image("made"));
              var snapshot =
                  s.describedSnapshot(image.blockDeviceMappings().get(0).ebs().snapshotId());
              return List.of(
                  snapshot.stateAsString(),
                  snapshot.progress(),
                  snapshot.ownerId().equals(image.ownerId()));
            })
        .answers(
            "an instance of the image can be launched",
            "running",
            s -> {
              String imageId = s.image("made");
              return s.stateOf(s.running(r -> r.imageId(imageId)));
            })
        .refuses(
            "a name that is taken",
            "InvalidAMIName.Duplicate",
            s -> {
              s.image("made");
              s.image("made");
            })
        .refuses(
            "a name with characters that are not allowed",
            "InvalidAMIName.Malformed",
            s -> s.image("made in {here}"))
        .refuses("a name that is too short", "InvalidAMIName.Malformed", s -> s.image("ab"))
        .refuses(
            "an instance that is not there",
            "InvalidInstanceID.NotFound",
            s -> s.ec2().createImage(r -> r.instanceId(NO_INSTANCE).name("made")))
        .refuses(
            "what is no instance ID",
            "InvalidInstanceID.Malformed",
            s -> s.ec2().createImage(r -> r.instanceId("instance-1").name("made")))
        .refuses(
            "a terminated instance",
            "InvalidParameterValue",
            s -> {
              String id = s.terminated();
              s.ec2().createImage(r -> r.instanceId(id).name("made"));
            })
        .refuses(
            "tags for an instance",
            "InvalidParameterValue",
            s -> {
              String id = s.stopped();
              s.ec2()
                  .createImage(
                      r ->
                          r.instanceId(id)
                              .name("made")
                              .tagSpecifications(tagged(ResourceType.INSTANCE, "Name", "x")));
            })
        .refuses(
            "no name",
            "MissingParameter",
            s -> {
              String id = s.stopped();
              s.ec2().createImage(r -> r.instanceId(id));
            });
  }

  private static CaseTable copy() {
    return CaseTable.of("CopyImage")
        .answers(
            "into another region, with snapshots of its own",
            "[copied, available, ami-17, true]",
            s -> {
              String id = s.image("made");
              String snapshotId = s.snapshotOf(id);
              Image copy = copied(s, id);
              return List.of(
                  copy.name(),
                  copy.stateAsString(),
                  form(copy.imageId()),
                  !snapshotId.equals(copy.blockDeviceMappings().get(0).ebs().snapshotId()));
            })
        .answers(
            "the copy is private, whatever the source is",
            false,
            s -> {
              String id = s.image("made");
              s.ec2()
                  .modifyImageAttribute(
                      r ->
                          r.imageId(id)
                              .userGroups("all")
                              .operationType("add")
                              .attribute("launchPermission"));
              return copied(s, id).publicLaunchPermissions();
            })
        .answers(
            "tags are copied only if that is asked for",
            "[[], [Name=x]]",
            s -> {
              String id = s.image("made");
              s.ec2().createTags(r -> r.resources(id).tags(tag("Name", "x")));
              String with =
                  s.away()
                      .copyImage(
                          r ->
                              r.sourceImageId(id)
                                  .sourceRegion(HOME)
                                  .name("with-tags")
                                  .copyImageTags(true))
                      .imageId();
              s.later();
              var tagsOf = s.away().describeImages(r -> r.imageIds(with)).images().get(0).tags();
              return List.of(text(copied(s, id).tags()), text(tagsOf));
            })
        .answers(
            "the same client token gives the same copy",
            true,
            s -> {
              String id = s.image("made");
              String one = copyOnce(s, id);
              return one.equals(copyOnce(s, id));
            })
        .refuses("a source that is not there", "InvalidAMIID.NotFound", s -> copied(s, NO_IMAGE))
        .refuses(
            "no source region",
            "MissingParameter",
            s -> s.away().copyImage(r -> r.sourceImageId(NO_IMAGE).name("copied")));
  }

  private static String copyOnce(Situation s, String id) {
    return s.away()
        .copyImage(r -> r.sourceImageId(id).sourceRegion(HOME).name("copied").clientToken("once"))
        .imageId();
  }

  private static Image copied(Situation s, String imageId) {
    String copy =
        s.away()
            .copyImage(r -> r.sourceImageId(imageId).sourceRegion(HOME).name("copied"))
            .imageId();
    s.later();
    return s.away().describeImages(r -> r.imageIds(copy)).images().get(0);
  }

  private static CaseTable register() {
    return CaseTable.of("RegisterImage")
        .answers(
            "an image of a snapshot",
            "[ami-17, registered, available, x86_64, hvm, /dev/xvda]",
            s -> {
              Image image = s.describedImage(registered(s, s.snapshot()));
              return List.of(
                  form(image.imageId()),
                  image.name(),
                  image.stateAsString(),
                  image.architectureAsString(),
                  image.virtualizationTypeAsString(),
                  image.rootDeviceName());
            })
        .answers(
            "with that snapshot as its root device",
            true,
            s -> {
              String snapshotId = s.snapshot();
              return s.snapshotOf(registered(s, snapshotId)).equals(snapshotId);
            })
        .refuses(
            "a name that is taken",
            "InvalidAMIName.Duplicate",
            s -> {
              String snapshotId = s.snapshot();
              registered(s, snapshotId);
              registered(s, snapshotId);
            })
        .refuses(
            "a snapshot that is not there",
            "InvalidSnapshot.NotFound",
            s -> registered(s, NO_SNAPSHOT))
        .refuses(
            "no name",
            "MissingParameter",
            s -> {
              String snapshotId = s.snapshot();
              s.ec2()
                  .registerImage(
                      r -> r.rootDeviceName("/dev/xvda").blockDeviceMappings(root(snapshotId)));
            });
  }

  private static String registered(Situation s, String snapshotId) {
    String id =
        s.ec2()
            .registerImage(
                r ->
                    r.name("registered")
                        .architecture("x86_64")
                        .virtualizationType("hvm")
                        .rootDeviceName("/dev/xvda")
                        .blockDeviceMappings(root(snapshotId)))
            .imageId();
    s.later();
    return id;
  }

  private static BlockDeviceMapping root(String snapshotId) {
    return BlockDeviceMapping.builder()
        .deviceName("/dev/xvda")
        .ebs(EbsBlockDevice.builder().snapshotId(snapshotId).build())
        .build();
  }

  private static CaseTable describe() {
    return CaseTable.of("DescribeImages")
        .answers(
            "the caller's own",
            "[made]",
            s -> {
              s.image("made");
              return names(s, "self");
            })
        .answers("none of the caller's own at first", "[]", s -> names(s, "self"))
        .answers(
            "Amazon's, by their alias",
            "[amazon]",
            s ->
                s.ec2().describeImages(r -> r.owners("amazon")).images().stream()
                    .map(Image::imageOwnerAlias)
                    .distinct()
                    .toList())
        .answers("by account", "[made]", s -> names(s, s.describedImage(s.image("made")).ownerId()))
        .answers(
            "by a name with a wildcard",
            "[made-1]",
            s -> {
              s.image("made-1");
              s.image("other");
              return s
                  .ec2()
                  .describeImages(r -> r.owners("self").filters(filter("name", "made-*")))
                  .images()
                  .stream()
                  .map(Image::name)
                  .toList();
            })
        .answers(
            "by tag",
            "[made]",
            s -> {
              String id = s.image("made");
              s.image("other");
              s.ec2().createTags(r -> r.resources(id).tags(tag("Name", "x")));
              return s
                  .ec2()
                  .describeImages(r -> r.owners("self").filters(filter("tag:Name", "x")))
                  .images()
                  .stream()
                  .map(Image::name)
                  .toList();
            })
        .answers(
            "nothing where a filter leaves nothing",
            "[]",
            s -> s.ec2().describeImages(r -> r.filters(filter("name", "nothing"))).images())
        .answers(
            "its creation date is ISO 8601 in UTC with milliseconds",
            true,
            s ->
                s.describedImage(s.image("made"))
                    .creationDate()
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"))
        .answers(
            "in pages",
            "[1, true]",
            s -> {
              s.image("made-1");
              s.image("made-2");
              var page = s.ec2().describeImages(r -> r.owners("self").maxResults(1));
              return List.of(page.images().size(), page.nextToken() != null);
            })
        .refuses(
            "an ID that is not there", "InvalidAMIID.NotFound", s -> s.describedImage(NO_IMAGE))
        .refuses("what is no ID", "InvalidAMIID.Malformed", s -> s.describedImage("ami-zzz"))
        .refuses(
            "an unknown filter",
            "InvalidParameterValue",
            s -> s.ec2().describeImages(r -> r.filters(filter("colour", "red"))));
  }

  private static List<String> names(Situation s, String owner) {
    return s.ec2().describeImages(r -> r.owners(owner)).images().stream().map(Image::name).toList();
  }

  private static CaseTable deregister() {
    return CaseTable.of("DeregisterImage")
        .refuses(
            "is no longer available then",
            "InvalidAMIID.Unavailable",
            s -> {
              String id = s.image("made");
              s.ec2().deregisterImage(r -> r.imageId(id));
              s.describedImage(id);
            })
        .answers(
            "is no longer listed",
            "[]",
            s -> {
              String id = s.image("made");
              s.ec2().deregisterImage(r -> r.imageId(id));
              return names(s, "self");
            })
        .answers(
            "its snapshot stays",
            "completed",
            s -> {
              String id = s.image("made");
              String snapshotId = s.snapshotOf(id);
              s.ec2().deregisterImage(r -> r.imageId(id));
              return s.describedSnapshot(snapshotId).stateAsString();
            })
        .answers(
            "while instances of it run",
            "running",
            s -> {
              String id = s.image("made");
              String instanceId = s.running(r -> r.imageId(id));
              s.ec2().deregisterImage(r -> r.imageId(id));
              return s.stateOf(instanceId);
            })
        .answers(
            "its name is free again",
            "made",
            s -> {
              String id = s.image("made");
              s.ec2().deregisterImage(r -> r.imageId(id));
              return s.describedImage(s.image("made")).name();
            })
        .refuses(
            "twice",
            "InvalidAMIID.Unavailable",
            s -> {
              String id = s.image("made");
              s.ec2().deregisterImage(r -> r.imageId(id));
              s.ec2().deregisterImage(r -> r.imageId(id));
            })
        .refuses(
            "one that is not there",
            "InvalidAMIID.NotFound",
            s -> s.ec2().deregisterImage(r -> r.imageId(NO_IMAGE)))
        .refuses(
            "what is no ID",
            "InvalidAMIID.Malformed",
            s -> s.ec2().deregisterImage(r -> r.imageId("ami-zzz")))
        .refuses(
            "somebody else's",
            "AuthFailure",
            s -> {
              String id = s.baseImage().imageId();
              s.ec2().deregisterImage(r -> r.imageId(id));
            })
        .refuses("none named", "MissingParameter", s -> s.ec2().deregisterImage(r -> {}));
  }
}
