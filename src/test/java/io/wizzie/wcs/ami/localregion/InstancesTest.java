package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.localregion.model.GuestEngine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Volume;

/** RunInstances, DescribeInstances, StopInstances, TerminateInstances. */
class InstancesTest extends RegionTest {

  @Test
  void anInstanceIsPendingThenRunning() {
    Instance launched = launched(oneInstance());
    assertThat(launched.state().nameAsString()).isEqualTo("pending");
    assertThat(stateOf(launched.instanceId())).isEqualTo("pending");

    later();

    Instance running = described(launched.instanceId());
    assertThat(running.state().nameAsString()).isEqualTo("running");
    assertThat(running.state().code()).isEqualTo(16);
    assertThat(running.launchTime()).isEqualTo(launched.launchTime());
  }

  @Test
  void anInstanceIsReachedAtTheGuestsAddressWhicheverFieldTheClientTakes() {
    Instance instance = running();

    assertThat(instance.privateIpAddress()).isEqualTo("10.88.0.2");
    assertThat(instance.publicIpAddress()).isEqualTo("10.88.0.2");
    assertThat(instance.publicDnsName()).isEqualTo("10.88.0.2");
    assertThat(instance.privateDnsName())
        .isEqualTo(instance.instanceId() + ".local.compute.internal");
    assertThat(instance.networkInterfaces())
        .singleElement()
        .satisfies(
            nic -> {
              assertThat(nic.association().publicIp()).isEqualTo("10.88.0.2");
              assertThat(nic.privateIpAddresses())
                  .singleElement()
                  .satisfies(address -> assertThat(address.primary()).isTrue());
              assertThat(nic.attachment().deviceIndex()).isZero();
            });
  }

  @Test
  void theGuestGetsWhatTheRequestSays() {
    ec2.createKeyPair(CreateKeyPairRequest.builder().keyName("mine").keyType("ed25519").build());
    String userData =
        Base64.getEncoder().encodeToString("#cloud-config\n".getBytes(StandardCharsets.UTF_8));
    Instance instance =
        running(
            oneInstance()
                .keyName("mine")
                .userData(userData)
                .placement(Placement.builder().availabilityZone("localb").build())
                .instanceInitiatedShutdownBehavior("terminate"));

    GuestEngine.GuestRequest request = engine.request(instance.instanceId());
    assertThat(request.imageRef()).isEqualTo(BASE.imageRef());
    assertThat(request.userData()).isEqualTo(userData);
    assertThat(request.terminateOnShutdown()).isTrue();
    assertThat(request.hostname()).isEqualTo(instance.privateDnsName());
    assertThat(request.publicKeys().get("mine")).startsWith("ssh-ed25519 AAAA").endsWith(" mine");
    assertThat(request.metadata())
        .containsEntry("instance-id", instance.instanceId())
        .containsEntry("ami-id", baseImage().imageId())
        .containsEntry("instance-type", "t3.large")
        .containsEntry("placement/availability-zone", "localb")
        .containsEntry("placement/region", "local")
        .containsEntry("hostname", instance.privateDnsName())
        .containsEntry("local-hostname", instance.privateDnsName())
        .containsEntry("security-groups", "default")
        .containsEntry("mac", instance.networkInterfaces().get(0).macAddress());
    assertThat(instance.keyName()).isEqualTo("mine");
    assertThat(instance.placement().availabilityZone()).isEqualTo("localb");
  }

  @Test
  void tagsOfTheCreatingCallAreOnInstanceVolumeAndInterface() {
    Instance instance =
        running(
            oneInstance()
                .tagSpecifications(
                    tagged(ResourceType.INSTANCE, "Name", "builder"),
                    tagged(ResourceType.VOLUME, "Name", "disk"),
                    tagged(ResourceType.NETWORK_INTERFACE, "Name", "nic")));

    assertThat(instance.tags()).containsExactly(Tag.builder().key("Name").value("builder").build());
    assertThat(volumes(instance))
        .singleElement()
        .satisfies(volume -> assertThat(volume.tags()).hasSize(1));
    assertThat(
            refusal(
                () ->
                    launched(
                        oneInstance().tagSpecifications(tagged(ResourceType.SNAPSHOT, "a", "b")))))
        .isEqualTo("InvalidParameterValue");
  }

  @Test
  void theRootVolumeIsTheImagesUnlessTheRequestSaysOtherwise() {
    assertThat(volumes(running()))
        .singleElement()
        .satisfies(
            volume -> {
              assertThat(volume.size()).isEqualTo(8);
              assertThat(volume.volumeTypeAsString()).isEqualTo("gp3");
              assertThat(volume.iops()).isEqualTo(3000);
              assertThat(volume.throughput()).isEqualTo(125);
              assertThat(volume.encrypted()).isFalse();
              assertThat(volume.stateAsString()).isEqualTo("in-use");
              assertThat(volume.attachments())
                  .singleElement()
                  .satisfies(one -> assertThat(one.deleteOnTermination()).isTrue());
            });
    Instance larger =
        running(oneInstance().blockDeviceMappings(device("/dev/xvda", 30), device("/dev/sdf", 5)));
    assertThat(volumes(larger)).extracting(Volume::size).containsExactly(30, 5);
    assertThat(larger.blockDeviceMappings())
        .extracting(mapping -> mapping.deviceName())
        .containsExactly("/dev/xvda", "/dev/sdf");

    Ec2Exception tooSmall =
        refused(() -> launched(oneInstance().blockDeviceMappings(device("/dev/xvda", 4))));
    assertThat(tooSmall.awsErrorDetails().errorCode()).isEqualTo("InvalidBlockDeviceMapping");
    assertThat(tooSmall.awsErrorDetails().errorMessage()).contains("expect size >= 8GB");
  }

  @Test
  void aRepeatedClientTokenLaunchesNothingMore() {
    RunInstancesRequest.Builder request = oneInstance().clientToken("once");
    Instance first = launched(request);
    Instance second = launched(request);

    assertThat(second.instanceId()).isEqualTo(first.instanceId());
    assertThat(engine.guests()).hasSize(1);
    assertThat(refusal(() -> launched(oneInstance().clientToken("once").instanceType("t3.small"))))
        .isEqualTo("IdempotentParameterMismatch");
  }

  @Test
  void aClientTokenHoldsInTheNextProcess() {
    Instance first = launched(oneInstance().clientToken("once"));
    ec2 = client(reopened(), "local");

    assertThat(launched(oneInstance().clientToken("once")).instanceId())
        .isEqualTo(first.instanceId());
  }

  @Test
  void severalInstancesShareAReservation() {
    RunInstancesResponse response = ec2.runInstances(oneInstance().maxCount(3).build());

    assertThat(response.instances()).extracting(Instance::amiLaunchIndex).containsExactly(0, 1, 2);
    assertThat(ec2.describeInstances().reservations())
        .singleElement()
        .satisfies(
            reservation -> {
              assertThat(reservation.reservationId()).isEqualTo(response.reservationId());
              assertThat(reservation.instances()).hasSize(3);
            });
  }

  @Test
  void aPublicAddressIsAskedForOnTheNetworkInterface() {
    String group =
        ec2.createSecurityGroup(
                CreateSecurityGroupRequest.builder().groupName("g").description("d").build())
            .groupId();
    String subnet = ec2.describeSubnets().subnets().get(1).subnetId();
    InstanceNetworkInterfaceSpecification.Builder nic =
        InstanceNetworkInterfaceSpecification.builder()
            .deviceIndex(0)
            .subnetId(subnet)
            .groups(group);

    Instance open =
        running(oneInstance().networkInterfaces(nic.associatePublicIpAddress(true).build()));
    Instance closed =
        running(oneInstance().networkInterfaces(nic.associatePublicIpAddress(false).build()));

    assertThat(open.publicIpAddress()).isEqualTo("10.88.0.2");
    assertThat(open.subnetId()).isEqualTo(subnet);
    assertThat(open.securityGroups())
        .singleElement()
        .satisfies(one -> assertThat(one.groupName()).isEqualTo("g"));
    assertThat(closed.publicIpAddress()).isNull();
    assertThat(closed.publicDnsName()).isEmpty();
    assertThat(closed.privateIpAddress()).isEqualTo("10.88.0.3");
    assertThat(
            refusal(() -> launched(oneInstance().subnetId(subnet).networkInterfaces(nic.build()))))
        .isEqualTo("InvalidParameterCombination");
    assertThat(
            refusal(
                () ->
                    launched(oneInstance().securityGroupIds(group).networkInterfaces(nic.build()))))
        .isEqualTo("InvalidParameterCombination");
  }

  @Test
  void metadataOptionsAndProfileAreDescribed() {
    Instance instance =
        running(
            oneInstance()
                .metadataOptions(
                    InstanceMetadataOptionsRequest.builder()
                        .httpTokens(HttpTokensState.REQUIRED)
                        .httpPutResponseHopLimit(2)
                        .build())
                .iamInstanceProfile(IamInstanceProfileSpecification.builder().name("p").build()));

    assertThat(instance.metadataOptions().httpTokensAsString()).isEqualTo("required");
    assertThat(instance.metadataOptions().httpPutResponseHopLimit()).isEqualTo(2);
    assertThat(instance.metadataOptions().stateAsString()).isEqualTo("applied");
    assertThat(instance.iamInstanceProfile().arn())
        .isEqualTo("arn:aws:iam::000000000000:instance-profile/p");
  }

  @Test
  void whatIsWrongWithALaunchIsSaidInEc2sWords() {
    assertThat(refusal(() -> launched(oneInstance().imageId("ami-0123456789abcdef0"))))
        .isEqualTo("InvalidAMIID.NotFound");
    assertThat(refusal(() -> launched(oneInstance().imageId("debian"))))
        .isEqualTo("InvalidAMIID.Malformed");
    assertThat(refusal(() -> launched(oneInstance().keyName("none"))))
        .isEqualTo("InvalidKeyPair.NotFound");
    assertThat(refusal(() -> launched(oneInstance().securityGroupIds("sg-0123456789abcdef0"))))
        .isEqualTo("InvalidGroup.NotFound");
    assertThat(refusal(() -> launched(oneInstance().subnetId("subnet-0123456789abcdef0"))))
        .isEqualTo("InvalidSubnetID.NotFound");
    assertThat(refusal(() -> launched(oneInstance().instanceType("t9.huge"))))
        .isEqualTo("InvalidParameterValue");
    assertThat(refused(() -> launched(oneInstance().instanceType("t4g.small"))))
        .hasMessageContaining("The architecture 'arm64' of the specified instance type");
    assertThat(refusal(() -> launched(oneInstance().userData("%%%"))))
        .isEqualTo("InvalidUserData.Malformed");
    assertThat(
            refusal(
                () ->
                    launched(
                        oneInstance()
                            .userData(Base64.getEncoder().encodeToString(new byte[16385])))))
        .isEqualTo("InvalidParameterValue");
    assertThat(refusal(() -> launched(oneInstance().minCount(2).maxCount(1))))
        .isEqualTo("InvalidParameterCombination");
    assertThat(
            refusal(
                () ->
                    ec2.runInstances(
                        RunInstancesRequest.builder().imageId(baseImage().imageId()).build())))
        .isEqualTo("MissingParameter");
    assertThat(engine.guests()).isEmpty();
  }

  @Test
  void aGuestThatDoesNotStartIsATerminatedInstanceThatSaysWhy() {
    engine.failOn("launch");
    String id = launched(oneInstance()).instanceId();
    engine.failOn(null);
    later();

    Instance instance = described(id);
    assertThat(instance.state().nameAsString()).isEqualTo("terminated");
    assertThat(instance.stateReason().code()).isEqualTo("Server.InternalError");
    assertThat(instance.stateReason().message()).contains("podman launch failed");
    assertThat(instance.stateTransitionReason()).startsWith("Server.InternalError");
  }

  @Test
  void stoppingPassesThroughItsStates() {
    Instance instance = running();
    InstanceStateChange change =
        ec2.stopInstances(StopInstancesRequest.builder().instanceIds(instance.instanceId()).build())
            .stoppingInstances()
            .get(0);

    assertThat(change.previousState().nameAsString()).isEqualTo("running");
    assertThat(change.currentState().nameAsString()).isEqualTo("stopping");
    assertThat(stateOf(instance.instanceId())).isEqualTo("stopping");
    later();
    Instance stopped = described(instance.instanceId());
    assertThat(stopped.state().nameAsString()).isEqualTo("stopped");
    assertThat(stopped.publicIpAddress()).isNull();
    assertThat(stopped.privateIpAddress()).isEqualTo("10.88.0.2");
    assertThat(stopped.stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");
    assertThat(stopped.stateTransitionReason()).matches("User initiated \\(2026-.* GMT\\)");
    assertThat(engine.calls()).contains("stop " + instance.instanceId());
  }

  @Test
  void onlyWhatRunsCanBeStopped() {
    String id = launched(oneInstance()).instanceId();
    StopInstancesRequest stop = StopInstancesRequest.builder().instanceIds(id).build();

    assertThat(refusal(() -> ec2.stopInstances(stop))).isEqualTo("IncorrectInstanceState");
    terminate(id);
    assertThat(refusal(() -> ec2.stopInstances(stop))).isEqualTo("IncorrectInstanceState");
    assertThat(
            refusal(
                () ->
                    ec2.stopInstances(
                        StopInstancesRequest.builder().instanceIds("i-0123456789abcdef0").build())))
        .isEqualTo("InvalidInstanceID.NotFound");
    assertThat(
            refusal(
                () ->
                    ec2.stopInstances(
                        StopInstancesRequest.builder().instanceIds("builder").build())))
        .isEqualTo("InvalidInstanceID.Malformed");
  }

  @Test
  void aTerminatedInstanceLosesItsVolumesAndIsListedForAnHour() {
    Instance instance =
        running(
            oneInstance()
                .blockDeviceMappings(
                    BlockDeviceMapping.builder()
                        .deviceName("/dev/sdf")
                        .ebs(
                            EbsBlockDevice.builder()
                                .volumeSize(1)
                                .deleteOnTermination(false)
                                .build())
                        .build()));
    terminate(instance.instanceId());
    assertThat(stateOf(instance.instanceId())).isEqualTo("shutting-down");
    later();

    Instance terminated = described(instance.instanceId());
    assertThat(terminated.state().nameAsString()).isEqualTo("terminated");
    assertThat(terminated.vpcId()).isNull();
    assertThat(terminated.blockDeviceMappings()).isEmpty();
    assertThat(engine.guests()).isEmpty();
    assertThat(ec2.describeVolumes().volumes())
        .singleElement()
        .satisfies(volume -> assertThat(volume.stateAsString()).isEqualTo("available"));
    clock.advance(Duration.ofMinutes(61));
    assertThat(ec2.describeInstances().reservations()).isEmpty();
    assertThat(refusal(() -> described(instance.instanceId())))
        .isEqualTo("InvalidInstanceID.NotFound");
  }

  @Test
  void terminatingTwiceIsNoError() {
    String id = running().instanceId();
    terminate(id);
    later();

    assertThat(
            ec2.terminateInstances(TerminateInstancesRequest.builder().instanceIds(id).build())
                .terminatingInstances())
        .singleElement()
        .satisfies(
            change -> assertThat(change.previousState().nameAsString()).isEqualTo("terminated"));
  }

  @Test
  void aProtectedInstanceIsNotTerminatedUntilItsAttributeIsChanged() {
    String id = running(oneInstance().disableApiTermination(true)).instanceId();

    assertThat(refusal(() -> terminate(id))).isEqualTo("OperationNotPermitted");
    ec2.modifyInstanceAttribute(
        ModifyInstanceAttributeRequest.builder()
            .instanceId(id)
            .disableApiTermination(AttributeBooleanValue.builder().value(false).build())
            .build());
    terminate(id);
    assertThat(stateOf(id)).isEqualTo("shutting-down");
  }

  @Test
  void aShutdownFromInsideIsNoticed() {
    String stops = running().instanceId();
    String ends =
        running(oneInstance().instanceInitiatedShutdownBehavior("terminate")).instanceId();
    engine.shutDown(stops);
    engine.shutDown(ends);

    assertThat(stateOf(stops)).as("it may be a reboot").isEqualTo("running");
    assertThat(stateOf(ends)).isEqualTo("running");
    later();
    assertThat(described(stops).stateReason().code()).isEqualTo("Client.InstanceInitiatedShutdown");
    assertThat(stateOf(ends)).isEqualTo("shutting-down");
    later();
    assertThat(stateOf(stops)).isEqualTo("stopped");
    assertThat(stateOf(ends)).isEqualTo("terminated");
    assertThat(engine.guests()).containsExactly(stops);
  }

  @Test
  void aRebootFromInsideIsNoShutdown() {
    String id = running().instanceId();
    engine.shutDown(id);
    assertThat(stateOf(id)).isEqualTo("running");
    engine.start(id);
    assertThat(stateOf(id)).isEqualTo("running");
    later();

    assertThat(described(id).publicIpAddress()).isEqualTo("10.88.0.3");
    assertThat(stateOf(id)).isEqualTo("running");
  }

  @Test
  void aLostGuestIsATerminatedInstance() {
    String id = running().instanceId();
    engine.lose(id);
    assertThat(stateOf(id)).isEqualTo("shutting-down");
    later();

    assertThat(described(id).stateReason().code()).isEqualTo("Server.InternalError");
    assertThat(stateOf(id)).isEqualTo("terminated");
  }

  @Test
  void aGuestThatCouldNotBeRemovedIsTriedAgain() {
    String id = running().instanceId();
    engine.failOn("remove");
    terminate(id);
    later();
    assertThat(stateOf(id)).isEqualTo("shutting-down");
    assertThat(described(id).stateReason().message()).contains("podman remove failed");

    engine.failOn(null);
    described(id);
    later();
    assertThat(stateOf(id)).isEqualTo("terminated");
  }

  @Test
  void filtersSelectWithWildcards() {
    String one =
        running(oneInstance().tagSpecifications(tagged(ResourceType.INSTANCE, "Name", "wcs-one")))
            .instanceId();
    String two =
        running(oneInstance().tagSpecifications(tagged(ResourceType.INSTANCE, "Name", "wcs-two")))
            .instanceId();
    terminate(two);

    assertThat(found("tag:Name", "wcs-*")).containsExactly(one, two);
    assertThat(found("tag:Name", "wcs-o?e")).containsExactly(one);
    assertThat(found("tag:Name", "wcs-\\*")).isEmpty();
    assertThat(found("tag-key", "Name")).containsExactly(one, two);
    assertThat(found("instance-state-name", "pending", "running")).containsExactly(one);
    assertThat(found("instance-state-code", "32")).containsExactly(two);
    assertThat(found("image-id", baseImage().imageId())).hasSize(2);
    assertThat(found("private-ip-address", "10.88.0.2")).containsExactly(one);
    assertThat(found("instance.group-name", "default")).hasSize(2);
    assertThat(refusal(() -> found("colour", "blue"))).isEqualTo("InvalidParameterValue");
  }

  @Test
  void aLongListComesInPages() {
    ec2.runInstances(oneInstance().maxCount(12).build());

    List<Instance> all =
        ec2
            .describeInstancesPaginator(DescribeInstancesRequest.builder().maxResults(5).build())
            .reservations()
            .stream()
            .map(Reservation::instances)
            .flatMap(List::stream)
            .toList();
    DescribeInstancesResponse first =
        ec2.describeInstances(DescribeInstancesRequest.builder().maxResults(5).build());

    assertThat(all)
        .extracting(Instance::amiLaunchIndex)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(first.nextToken()).isNotNull();
    assertThat(
            refusal(
                () ->
                    ec2.describeInstances(
                        DescribeInstancesRequest.builder().maxResults(4).build())))
        .isEqualTo("InvalidParameterValue");
    assertThat(
            refusal(
                () ->
                    ec2.describeInstances(
                        DescribeInstancesRequest.builder().nextToken("x").build())))
        .isEqualTo("InvalidNextToken");
    assertThat(
            refusal(
                () ->
                    ec2.describeInstances(
                        DescribeInstancesRequest.builder()
                            .instanceIds(all.get(0).instanceId())
                            .maxResults(5)
                            .build())))
        .isEqualTo("InvalidParameterCombination");
  }

  @Test
  void theNextProcessSeesAndEndsTheSameInstances() {
    String id = running().instanceId();
    region.close();
    ec2 = client(reopened(), "local");

    assertThat(stateOf(id)).isEqualTo("running");
    terminate(id);
    later();
    assertThat(stateOf(id)).isEqualTo("terminated");
    assertThat(engine.guests()).isEmpty();
  }

  @Test
  void everyRegionNameHasItsOwnInstancesAndTheBaseImage() {
    String id = running().instanceId();
    ec2 = client("eu-west-1");

    assertThat(ec2.describeInstances().reservations()).isEmpty();
    assertThat(
            ec2.describeImages(DescribeImagesRequest.builder().owners("amazon").build()).images())
        .hasSize(1);
    Instance there = running();
    assertThat(there.placement().availabilityZone()).isEqualTo("eu-west-1a");
    assertThat(there.privateDnsName()).endsWith(".eu-west-1.compute.internal");
    assertThat(there.instanceId()).isNotEqualTo(id);
  }

  private List<String> found(String filter, String... values) {
    return ec2
        .describeInstances(
            DescribeInstancesRequest.builder()
                .filters(Filter.builder().name(filter).values(values).build())
                .build())
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Instance::instanceId)
        .toList();
  }

  private List<Volume> volumes(Instance instance) {
    return ec2.describeVolumes(
            DescribeVolumesRequest.builder()
                .filters(
                    Filter.builder()
                        .name("attachment.instance-id")
                        .values(instance.instanceId())
                        .build())
                .build())
        .volumes();
  }

  private static BlockDeviceMapping device(String name, int sizeGib) {
    return BlockDeviceMapping.builder()
        .deviceName(name)
        .ebs(EbsBlockDevice.builder().volumeSize(sizeGib).build())
        .build();
  }

  static TagSpecification tagged(ResourceType type, String key, String value) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(Tag.builder().key(key).value(value).build())
        .build();
  }
}
