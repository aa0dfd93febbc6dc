package io.wizzie.wcs.ami.localregion.contract;

import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_GROUP;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_IMAGE;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_INSTANCE;
import static io.wizzie.wcs.ami.localregion.contract.Situation.NO_SUBNET;
import static io.wizzie.wcs.ami.localregion.contract.Situation.filter;
import static io.wizzie.wcs.ami.localregion.contract.Situation.form;
import static io.wizzie.wcs.ami.localregion.contract.Situation.tagged;
import static io.wizzie.wcs.ami.localregion.contract.Situation.text;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Volume;

/** RunInstances, DescribeInstances, StopInstances and TerminateInstances. */
final class InstanceCases {
  private InstanceCases() {}

  static List<Case> all() {
    return Stream.of(run(), runRefusals(), describe(), stop(), terminate())
        .flatMap(table -> table.cases().stream())
        .toList();
  }

  private static CaseTable run() {
    return CaseTable.of("RunInstances")
        .answers(
            "a reservation of one pending instance",
            "[r-17, i-17, 0 pending]",
            s -> {
              String imageId = s.baseImage().imageId();
              var answer =
                  s.ec2()
                      .runInstances(
                          r -> r.imageId(imageId).instanceType("t3.large").minCount(1).maxCount(1));
              Instance instance = answer.instances().get(0);
              return List.of(
                  form(answer.reservationId()),
                  form(instance.instanceId()),
                  instance.state().code() + " " + instance.state().nameAsString());
            })
        .answers(
            "several at once, numbered",
            "[0, 1, 2]",
            s -> {
              String imageId = s.baseImage().imageId();
              return s
                  .ec2()
                  .runInstances(
                      r -> r.imageId(imageId).instanceType("t3.large").minCount(3).maxCount(3))
                  .instances()
                  .stream()
                  .map(Instance::amiLaunchIndex)
                  .toList();
            })
        .answers(
            "running later, with code 16",
            "16 running",
            s -> {
              Instance instance = s.instance(s.running());
              return instance.state().code() + " " + instance.state().nameAsString();
            })
        .answers(
            "what it was launched with",
            "[t3.large, x86_64, ebs, hvm, mine]",
            s -> {
              s.ec2().createKeyPair(r -> r.keyName("mine"));
              Instance instance = s.instance(s.running(r -> r.keyName("mine")));
              return List.of(
                  instance.instanceTypeAsString(),
                  instance.architectureAsString(),
                  instance.rootDeviceTypeAsString(),
                  instance.virtualizationTypeAsString(),
                  instance.keyName());
            })
        .answers(
            "in the default VPC's default group, with a private and a public address",
            "[default, true, true]",
            s -> {
              Instance instance = s.instance(s.running());
              return List.of(
                  instance.securityGroups().get(0).groupName(),
                  instance.privateIpAddress() != null,
                  instance.publicIpAddress() != null);
            })
        .answers(
            "tags of the creating call on instance and volume",
            "[[Name=builder], [Name=disk]]",
            s -> {
              String id =
                  s.running(
                      r ->
                          r.tagSpecifications(
                              tagged(ResourceType.INSTANCE, "Name", "builder"),
                              tagged(ResourceType.VOLUME, "Name", "disk")));
              return List.of(
                  text(s.instance(id).tags()), text(s.describedVolume(s.rootVolume(id)).tags()));
            })
        .answers(
            "the root volume as asked for",
            "[30, gp3, true, in-use]",
            s -> {
              String device = s.baseImage().rootDeviceName();
              String id =
                  s.running(
                      r ->
                          r.blockDeviceMappings(
                              BlockDeviceMapping.builder()
                                  .deviceName(device)
                                  .ebs(
                                      EbsBlockDevice.builder()
                                          .volumeSize(30)
                                          .volumeType("gp3")
                                          .deleteOnTermination(true)
                                          .build())
                                  .build()));
              Volume volume = s.describedVolume(s.rootVolume(id));
              return List.of(
                  volume.size(),
                  volume.volumeTypeAsString(),
                  volume.attachments().get(0).deleteOnTermination(),
                  volume.stateAsString());
            })
        .answers(
            "IMDSv2 as asked for",
            "[required, 2]",
            s -> {
              var options =
                  s.instance(
                          s.running(
                              r ->
                                  r.metadataOptions(
                                      InstanceMetadataOptionsRequest.builder()
                                          .httpTokens(HttpTokensState.REQUIRED)
                                          .httpPutResponseHopLimit(2)
                                          .build())))
                      .metadataOptions();
              return List.of(options.httpTokensAsString(), options.httpPutResponseHopLimit());
            })
        .answers(
            "subnet and groups of the network interface",
            "[true, build]",
            s -> {
              Subnet subnet = s.subnets().get(1);
              String group = s.group("build");
              Instance instance =
                  s.instance(
                      s.running(
                          r ->
                              r.networkInterfaces(
                                  InstanceNetworkInterfaceSpecification.builder()
                                      .deviceIndex(0)
                                      .subnetId(subnet.subnetId())
                                      .groups(group)
                                      .associatePublicIpAddress(true)
                                      .build())));
              return List.of(
                  instance.subnetId().equals(subnet.subnetId()),
                  instance.securityGroups().get(0).groupName());
            })
        .answers(
            "the zone asked for",
            true,
            s -> {
              String zone = s.subnets().get(1).availabilityZone();
              return s.instance(
                      s.running(
                          r -> r.placement(Placement.builder().availabilityZone(zone).build())))
                  .placement()
                  .availabilityZone()
                  .equals(zone);
            })
        .answers(
            "the same client token gives the same instance",
            true,
            s ->
                s.launched(r -> r.clientToken("once"))
                    .instanceId()
                    .equals(s.launched(r -> r.clientToken("once")).instanceId()));
  }

  private static CaseTable runRefusals() {
    return CaseTable.of("RunInstances")
        .refuses(
            "the same client token with other parameters",
            "IdempotentParameterMismatch",
            s -> {
              s.launched(r -> r.clientToken("once"));
              s.launched(r -> r.clientToken("once").instanceType("t3.small"));
            })
        .refuses(
            "an image that is not there",
            "InvalidAMIID.NotFound",
            s -> s.launched(r -> r.imageId(NO_IMAGE)))
        .refuses(
            "what is no image ID",
            "InvalidAMIID.Malformed",
            s -> s.launched(r -> r.imageId("ami-zzz")))
        .refuses(
            "a deregistered image",
            "InvalidAMIID.Unavailable",
            s -> {
              String id = s.image("gone");
              s.ec2().deregisterImage(r -> r.imageId(id));
              s.launched(r -> r.imageId(id));
            })
        .refuses(
            "a key pair that is not there",
            "InvalidKeyPair.NotFound",
            s -> s.launched(r -> r.keyName("nobody")))
        .refuses(
            "a group that is not there",
            "InvalidGroup.NotFound",
            s -> s.launched(r -> r.securityGroupIds(NO_GROUP)))
        .refuses(
            "a subnet that is not there",
            "InvalidSubnetID.NotFound",
            s -> s.launched(r -> r.subnetId(NO_SUBNET)))
        .refuses(
            "an unknown instance type",
            "InvalidParameterValue",
            s -> s.launched(r -> r.instanceType("t3.gigantic")))
        .refuses(
            "a type of another architecture than the image's",
            "InvalidParameterValue",
            s -> s.launched(r -> r.instanceType("m7g.large")))
        .refuses(
            "subnet both of the instance and of its interface",
            "InvalidParameterCombination",
            s -> {
              String subnetId = s.subnets().get(0).subnetId();
              s.launched(
                  r ->
                      r.subnetId(subnetId)
                          .networkInterfaces(
                              InstanceNetworkInterfaceSpecification.builder()
                                  .deviceIndex(0)
                                  .subnetId(subnetId)
                                  .build()));
            })
        .refuses(
            "a root volume smaller than the image's",
            "InvalidBlockDeviceMapping",
            s -> {
              String device = s.baseImage().rootDeviceName();
              s.launched(
                  r ->
                      r.blockDeviceMappings(
                          BlockDeviceMapping.builder()
                              .deviceName(device)
                              .ebs(EbsBlockDevice.builder().volumeSize(1).build())
                              .build()));
            })
        .refuses(
            "tags for what the call doesn't create",
            "InvalidParameterValue",
            s -> s.launched(r -> r.tagSpecifications(tagged(ResourceType.SNAPSHOT, "Name", "x"))))
        .refuses(
            "no image",
            "MissingParameter",
            s -> s.ec2().runInstances(r -> r.instanceType("t3.large").minCount(1).maxCount(1)));
  }

  private static CaseTable describe() {
    return CaseTable.of("DescribeInstances")
        .answers(
            "nothing where nothing is",
            "[]",
            s -> s.ec2().describeInstances(r -> {}).reservations())
        .answers(
            "instances of one call in one reservation",
            "[2]",
            s -> {
              s.launched(r -> r.minCount(2).maxCount(2));
              return s.ec2().describeInstances(r -> {}).reservations().stream()
                  .map(reservation -> reservation.instances().size())
                  .toList();
            })
        .answers(
            "by state",
            1,
            s -> {
              s.running();
              s.stopped();
              return instances(s, "instance-state-name", "stopped").size();
            })
        .answers(
            "by tag, with a wildcard",
            1,
            s -> {
              s.running(r -> r.tagSpecifications(tagged(ResourceType.INSTANCE, "Name", "build-1")));
              s.running(r -> r.tagSpecifications(tagged(ResourceType.INSTANCE, "Name", "other")));
              return instances(s, "tag:Name", "build-*").size();
            })
        .answers(
            "by tag key, with one character open",
            1,
            s -> {
              s.running(r -> r.tagSpecifications(tagged(ResourceType.INSTANCE, "Owner", "a")));
              s.running();
              return instances(s, "tag-key", "Own?r").size();
            })
        .answers(
            "values of one filter are alternatives, filters are not",
            "[2, 0]",
            s -> {
              String one = s.running();
              String other = s.stopped();
              int either = instances(s, "instance-id", one, other).size();
              int both =
                  s.ec2()
                      .describeInstances(
                          r ->
                              r.filters(
                                  filter("instance-id", one),
                                  filter("instance-state-name", "stopped")))
                      .reservations()
                      .size();
              return List.of(either, both);
            })
        .answers(
            "a terminated instance stays listed",
            "48 terminated",
            s -> {
              Instance instance = s.instance(s.terminated());
              return instance.state().code() + " " + instance.state().nameAsString();
            })
        .answers(
            "in pages, with a token while there is more",
            "[5, 1, true]",
            s -> {
              for (int i = 0; i < 6; i++) {
                s.launched(r -> {});
              }
              var first = s.ec2().describeInstances(r -> r.maxResults(5));
              var second =
                  s.ec2().describeInstances(r -> r.maxResults(5).nextToken(first.nextToken()));
              return List.of(
                  first.reservations().size(),
                  second.reservations().size(),
                  second.nextToken() == null);
            })
        .refuses(
            "an ID that is not there", "InvalidInstanceID.NotFound", s -> s.instance(NO_INSTANCE))
        .refuses("what is no ID", "InvalidInstanceID.Malformed", s -> s.instance("instance-1"))
        .refuses("an unknown filter", "InvalidParameterValue", s -> instances(s, "colour", "red"))
        .refuses(
            "a page of one: 5 is the least",
            "InvalidParameterValue",
            s -> s.ec2().describeInstances(r -> r.maxResults(1)))
        .refuses(
            "pages of instances named by ID",
            "InvalidParameterCombination",
            s -> {
              String id = s.running();
              s.ec2().describeInstances(r -> r.instanceIds(id).maxResults(5));
            });
  }

  private static CaseTable stop() {
    return CaseTable.of("StopInstances")
        .answers(
            "from running to stopping",
            "16 running > 64 stopping",
            s -> {
              String id = s.running();
              return change(
                  s.ec2().stopInstances(r -> r.instanceIds(id)).stoppingInstances().get(0));
            })
        .answers("stopped later", "80 stopped", s -> state(s, s.stopped()))
        .answers(
            "why it is stopped",
            "Client.UserInitiatedShutdown",
            s -> s.instance(s.stopped()).stateReason().code())
        .answers(
            "without a public address, the private one stays",
            "[true, true]",
            s -> {
              Instance instance = s.instance(s.stopped());
              return List.of(
                  instance.publicIpAddress() == null, instance.privateIpAddress() != null);
            })
        .answers(
            "one that is stopped stays that",
            "80 stopped > 80 stopped",
            s -> {
              String id = s.stopped();
              return change(
                  s.ec2().stopInstances(r -> r.instanceIds(id)).stoppingInstances().get(0));
            })
        .refuses(
            "a terminated one",
            "IncorrectInstanceState",
            s -> {
              String id = s.terminated();
              s.ec2().stopInstances(r -> r.instanceIds(id));
            })
        .refuses(
            "one that is not there",
            "InvalidInstanceID.NotFound",
            s -> s.ec2().stopInstances(r -> r.instanceIds(NO_INSTANCE)))
        .refuses(
            "what is no ID",
            "InvalidInstanceID.Malformed",
            s -> s.ec2().stopInstances(r -> r.instanceIds("instance-1")))
        .refuses(
            "one that may not be stopped",
            "OperationNotPermitted",
            s -> {
              String id = s.running(r -> r.disableApiStop(true));
              s.ec2().stopInstances(r -> r.instanceIds(id));
            })
        .refuses("none named", "InvalidParameterCombination", s -> s.ec2().stopInstances(r -> {}));
  }

  private static CaseTable terminate() {
    return CaseTable.of("TerminateInstances")
        .answers(
            "from running to shutting-down",
            "16 running > 32 shutting-down",
            s -> {
              String id = s.running();
              return change(
                  s.ec2().terminateInstances(r -> r.instanceIds(id)).terminatingInstances().get(0));
            })
        .answers("terminated later", "48 terminated", s -> state(s, s.terminated()))
        .answers(
            "twice is no error",
            "48 terminated > 48 terminated",
            s -> {
              String id = s.terminated();
              return change(
                  s.ec2().terminateInstances(r -> r.instanceIds(id)).terminatingInstances().get(0));
            })
        .answers(
            "its volume goes with it",
            "[]",
            s -> {
              String id = s.running();
              String volumeId = s.rootVolume(id);
              s.ec2().terminateInstances(r -> r.instanceIds(id));
              s.later();
              return s.ec2()
                  .describeVolumes(r -> r.filters(filter("volume-id", volumeId)))
                  .volumes();
            })
        .answers(
            "it has no more addresses, subnet or groups",
            "[true, true, 0]",
            s -> {
              Instance instance = s.instance(s.terminated());
              return List.of(
                  instance.privateIpAddress() == null,
                  instance.subnetId() == null,
                  instance.securityGroups().size());
            })
        .refuses(
            "one that may not be terminated",
            "OperationNotPermitted",
            s -> {
              String id = s.running(r -> r.disableApiTermination(true));
              s.ec2().terminateInstances(r -> r.instanceIds(id));
            })
        .refuses(
            "one that is not there",
            "InvalidInstanceID.NotFound",
            s -> s.ec2().terminateInstances(r -> r.instanceIds(NO_INSTANCE)))
        .refuses(
            "none named", "InvalidParameterCombination", s -> s.ec2().terminateInstances(r -> {}))
        .answers(
            "none of several where one is not there",
            "InvalidInstanceID.NotFound, running",
            s -> {
              String id = s.running();
              String code =
                  new Case(
                          "",
                          "",
                          "",
                          same -> s.ec2().terminateInstances(r -> r.instanceIds(id, NO_INSTANCE)))
                      .answer(s);
              return code + ", " + s.stateOf(id);
            });
  }

  private static List<Reservation> instances(Situation s, String filter, String... values) {
    return s.ec2().describeInstances(r -> r.filters(filter(filter, values))).reservations();
  }

  private static String state(Situation s, String id) {
    var state = s.instance(id).state();
    return state.code() + " " + state.nameAsString();
  }

  private static String change(InstanceStateChange change) {
    return change.previousState().code()
        + " "
        + change.previousState().nameAsString()
        + " > "
        + change.currentState().code()
        + " "
        + change.currentState().nameAsString();
  }
}
