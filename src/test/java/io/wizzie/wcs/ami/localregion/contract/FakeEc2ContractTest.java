package io.wizzie.wcs.ami.localregion.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.ec2.FakeEc2;
import io.wizzie.wcs.ami.ec2.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * The fake that the pipeline's tests build on answers each question that they depend on as the
 * local region does, which the contract holds against EC2.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeEc2ContractTest {
  private @Nullable LocalTarget target;

  /** A region with an image and a subnet to launch in. */
  private record Region(Ec2Client ec2, String image, String subnet, String vpc, Runnable pass) {
    String group(String name) {
      return ec2.createSecurityGroup(
              request -> request.groupName(name).description("of the test").vpcId(vpc))
          .groupId();
    }

    String instance(String token, String... groups) {
      return ec2.runInstances(
              request ->
                  request
                      .imageId(image)
                      .instanceType("t3.large")
                      .minCount(1)
                      .maxCount(1)
                      .subnetId(subnet)
                      .securityGroupIds(groups)
                      .clientToken(token))
          .instances()
          .get(0)
          .instanceId();
    }

    String state(String instanceId) {
      return ec2.describeInstances(request -> request.instanceIds(instanceId))
          .reservations()
          .get(0)
          .instances()
          .get(0)
          .state()
          .nameAsString();
    }

    String stopped(String token) {
      String id = instance(token);
      pass.run();
      var unused = ec2.stopInstances(request -> request.instanceIds(id));
      pass.run();
      return id;
    }

    String imaged(String name) {
      String id = stopped(name);
      return ec2.createImage(
              request ->
                  request
                      .instanceId(id)
                      .name(name)
                      .tagSpecifications(tags(ResourceType.IMAGE), tags(ResourceType.SNAPSHOT)))
          .imageId();
    }

    Image describe(String imageId) {
      return ec2.describeImages(request -> request.imageIds(imageId)).images().get(0);
    }

    String snapshot(String imageId) {
      return describe(imageId).blockDeviceMappings().get(0).ebs().snapshotId();
    }
  }

  private static TagSpecification tags(ResourceType type) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(Tag.builder().key("wcs-ami:build-id").value("wcs-1").build())
        .build();
  }

  @BeforeAll
  void openTheRegion(@TempDir Path folder) {
    target = new LocalTarget(folder);
  }

  @AfterAll
  void closeTheRegion() {
    if (target != null) {
      target.close();
    }
  }

  private static final Map<String, Function<Region, Object>> QUESTIONS = new LinkedHashMap<>();

  private static void ask(String question, Function<Region, Object> answer) {
    QUESTIONS.put(question, answer);
  }

  static {
    ask(
        "a key pair of a name that is taken",
        region -> {
          var unused = region.ec2().createKeyPair(request -> request.keyName("k"));
          return region.ec2().createKeyPair(request -> request.keyName("k")).keyName();
        });
    ask(
        "removing a key pair that is not there",
        region -> {
          var unused = region.ec2().deleteKeyPair(request -> request.keyName("none"));
          return "accepted";
        });
    ask(
        "the tags of a key pair",
        region -> {
          var unused =
              region
                  .ec2()
                  .createKeyPair(
                      request ->
                          request.keyName("k").tagSpecifications(tags(ResourceType.KEY_PAIR)));
          return region
              .ec2()
              .describeTags(
                  request ->
                      request.filters(
                          Situation.filter("key", "wcs-ami:build-id"),
                          Situation.filter("value", "wcs-1")))
              .tags()
              .stream()
              .map(tag -> tag.key() + "=" + tag.value())
              .toList();
        });
    ask("a group of a name that is taken", region -> region.group("g") + region.group("g"));
    ask(
        "a rule that is there already",
        region -> {
          String id = region.group("g");
          IpPermission ssh =
              IpPermission.builder()
                  .ipProtocol("tcp")
                  .fromPort(22)
                  .toPort(22)
                  .ipRanges(IpRange.builder().cidrIp("203.0.113.7/32").build())
                  .build();
          var unused =
              region
                  .ec2()
                  .authorizeSecurityGroupIngress(request -> request.groupId(id).ipPermissions(ssh));
          return region
              .ec2()
              .authorizeSecurityGroupIngress(request -> request.groupId(id).ipPermissions(ssh))
              .returnValue();
        });
    ask(
        "removing a group that is not there",
        region -> region.ec2().deleteSecurityGroup(request -> request.groupId(Situation.NO_GROUP)));
    ask(
        "removing a group that an instance uses",
        region -> {
          String id = region.group("g");
          var unused = region.instance("t", id);
          return region.ec2().deleteSecurityGroup(request -> request.groupId(id));
        });
    ask(
        "a launch with a token that was used",
        region -> region.instance("t").equals(region.instance("t")));
    ask(
        "the states of an instance",
        region -> {
          String id = region.instance("t");
          String first = region.state(id);
          region.pass().run();
          String second = region.state(id);
          var unusedStop = region.ec2().stopInstances(request -> request.instanceIds(id));
          String third = region.state(id);
          region.pass().run();
          String fourth = region.state(id);
          var unusedEnd = region.ec2().terminateInstances(request -> request.instanceIds(id));
          region.pass().run();
          return List.of(first, second, third, fourth, region.state(id));
        });
    ask("an instance that is not there", region -> region.state(Situation.NO_INSTANCE));
    ask(
        "instances by a client token",
        region -> {
          var unusedOne = region.instance("t1");
          var unusedOther = region.instance("t2");
          return region
              .ec2()
              .describeInstances(request -> request.filters(Situation.filter("client-token", "t2")))
              .reservations()
              .stream()
              .flatMap(reservation -> reservation.instances().stream())
              .map(Instance::clientToken)
              .toList();
        });
    ask(
        "stopping an instance that is not there",
        region ->
            region.ec2().stopInstances(request -> request.instanceIds(Situation.NO_INSTANCE)));
    ask(
        "stopping an instance that is terminated",
        region -> {
          String id = region.instance("t");
          var unused = region.ec2().terminateInstances(request -> request.instanceIds(id));
          region.pass().run();
          return region.ec2().stopInstances(request -> request.instanceIds(id));
        });
    ask(
        "terminating an instance that is not there",
        region ->
            region.ec2().terminateInstances(request -> request.instanceIds(Situation.NO_INSTANCE)));
    ask(
        "an image of an instance that is not there",
        region ->
            region
                .ec2()
                .createImage(
                    request -> request.instanceId(Situation.NO_INSTANCE).name("no image")));
    ask(
        "an image of a name that is taken",
        region -> region.imaged("image-1") + region.imaged("image-1"));
    ask(
        "an image on its way and made",
        region -> {
          String id = region.imaged("image-1");
          String first = region.describe(id).stateAsString();
          region.pass().run();
          Image made = region.describe(id);
          return List.of(
              first,
              made.stateAsString(),
              made.name(),
              made.tags(),
              made.blockDeviceMappings().size());
        });
    ask(
        "the image's snapshot",
        region -> {
          String id = region.imaged("image-1");
          region.pass().run();
          String snapshot = region.snapshot(id);
          return region
              .ec2()
              .describeSnapshots(request -> request.snapshotIds(snapshot))
              .snapshots()
              .stream()
              .map(each -> List.of(each.stateAsString(), each.progress(), each.tags()))
              .toList();
        });
    ask(
        "removing a snapshot whose image is there",
        region -> {
          String id = region.imaged("image-1");
          region.pass().run();
          String snapshot = region.snapshot(id);
          return region.ec2().deleteSnapshot(request -> request.snapshotId(snapshot));
        });
    ask(
        "removing an image, then its snapshot",
        region -> {
          String id = region.imaged("image-1");
          region.pass().run();
          String snapshot = region.snapshot(id);
          var unusedImage = region.ec2().deregisterImage(request -> request.imageId(id));
          var unusedSnapshot = region.ec2().deleteSnapshot(request -> request.snapshotId(snapshot));
          return "accepted";
        });
    ask(
        "an image that is not there",
        region -> region.describe(Situation.NO_IMAGE).stateAsString());
    ask(
        "removing an image that is not there",
        region -> region.ec2().deregisterImage(request -> request.imageId(Situation.NO_IMAGE)));
    ask(
        "removing a snapshot that is not there",
        region ->
            region.ec2().deleteSnapshot(request -> request.snapshotId(Situation.NO_SNAPSHOT)));
    ask(
        "removing a volume that is not there",
        region -> region.ec2().deleteVolume(request -> request.volumeId(Situation.NO_VOLUME)));
    ask(
        "own images with a tag",
        region -> {
          var unused = region.imaged("image-1");
          return region
              .ec2()
              .describeImages(
                  request ->
                      request
                          .owners("self")
                          .filters(Situation.filter("tag-key", "wcs-ami:build-id")))
              .images()
              .stream()
              .map(Image::name)
              .toList();
        });
    ask(
        "a subnet that is not there",
        region -> region.ec2().describeSubnets(request -> request.subnetIds(Situation.NO_SUBNET)));
    ask(
        "a dry run",
        region ->
            region.ec2().createKeyPair(request -> request.keyName("k").dryRun(true)).keyName());
    ask(
        "a tag that is set again",
        region -> {
          String id = region.instance("t");
          for (String value : List.of("one", "two")) {
            var unused =
                region
                    .ec2()
                    .createTags(
                        request ->
                            request
                                .resources(id)
                                .tags(Tag.builder().key("k").value(value).build()));
          }
          return region
              .ec2()
              .describeInstances(request -> request.instanceIds(id))
              .reservations()
              .get(0)
              .instances()
              .get(0)
              .tags();
        });
  }

  private static Object answer(Function<Region, Object> question, Region region) {
    try {
      Object answer = question.apply(region);
      return answer instanceof SdkPojo ? "accepted" : answer;
    } catch (Ec2Exception refused) {
      return refused.awsErrorDetails().errorCode();
    }
  }

  @TestFactory
  Stream<DynamicTest> theFakeAnswersAsTheRegionDoes() {
    return QUESTIONS.entrySet().stream()
        .map(
            question ->
                DynamicTest.dynamicTest(
                    question.getKey(),
                    () ->
                        assertThat(answer(question.getValue(), fake()))
                            .isEqualTo(answerOfTheRegion(question.getValue()))));
  }

  private static Region fake() {
    VirtualTime time = new VirtualTime();
    FakeEc2 fake = new FakeEc2(time);
    return new Region(
        fake, "ami-source", "subnet-1", "vpc-1", () -> time.pass(Duration.ofMinutes(2)));
  }

  private Object answerOfTheRegion(Function<Region, Object> question) {
    if (target == null) {
      throw new IllegalStateException("The region is not open");
    }
    target.reset();
    try (Situation situation = new Situation(target, new AnswerRecorder())) {
      var subnet = situation.ec2().describeSubnets().subnets().get(0);
      return answer(
          question,
          new Region(
              situation.ec2(),
              situation.baseImage().imageId(),
              subnet.subnetId(),
              subnet.vpcId(),
              situation::later));
    }
  }
}
