package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.localregion.LocalRegion;
import io.wizzie.wcs.ami.localregion.engine.ContainerEngine;
import io.wizzie.wcs.ami.localregion.engine.EngineSettings;
import io.wizzie.wcs.ami.localregion.model.GuestEngine;
import io.wizzie.wcs.ami.localregion.model.Policy;
import io.wizzie.wcs.ami.localregion.model.RegionTimings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What a local region holds, asked with the SDK's own client. */
record RegionView(LocalRegion region, GuestEngine guests, Ec2Client ec2) implements AutoCloseable {

  static RegionView open(Path stateFolder) {
    ContainerEngine engine = ContainerEngine.open(EngineSettings.in(stateFolder));
    LocalRegion region =
        LocalRegion.open(
            stateFolder,
            0,
            engine,
            Clock.systemUTC(),
            RegionTimings.quick(),
            engine.baseImages(null).ensure(false, System.err::println),
            Policy.ofTheProject());
    return new RegionView(region, engine, client(region));
  }

  /** Of a region with real guests. */
  ContainerEngine engine() {
    return (ContainerEngine) guests;
  }

  static Ec2Client client(LocalRegion region) {
    return Ec2Client.builder()
        .region(Region.of("local"))
        .endpointOverride(region.endpoint())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    region.accessKey().id(), region.accessKey().secret().revealUtf8())))
        .build();
  }

  /** Fails unless the images are all that there is, each with its snapshot. */
  void requireNothingBut(String... imageIds) {
    SoftAssertions found = new SoftAssertions();
    found.assertThat(images()).extracting(Image::imageId).containsExactlyInAnyOrder(imageIds);
    found.assertThat(snapshots()).as("snapshots").hasSize(imageIds.length);
    found.assertThat(instances()).as("instances").isEmpty();
    found.assertThat(guests.guests()).as("containers").isEmpty();
    found.assertThat(volumes()).as("volumes").isEmpty();
    found.assertThat(keyPairs()).as("key pairs").isEmpty();
    found.assertThat(groups()).as("groups").isEmpty();
    found.assertAll();
  }

  List<Image> images() {
    return ec2.describeImages(DescribeImagesRequest.builder().owners("self").build()).images();
  }

  Image image(String imageId) {
    List<Image> found =
        ec2.describeImages(DescribeImagesRequest.builder().imageIds(imageId).build()).images();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** The image that builders are launched from. */
  Image baseImage() {
    return ec2.describeImages(DescribeImagesRequest.builder().owners("amazon").build())
        .images()
        .get(0);
  }

  List<Snapshot> snapshots() {
    return ec2.describeSnapshots(DescribeSnapshotsRequest.builder().ownerIds("self").build())
        .snapshots();
  }

  List<String> instances() {
    return ec2.describeInstances().reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .filter(instance -> instance.state().name() != InstanceStateName.TERMINATED)
        .map(instance -> instance.instanceId() + " " + instance.state().nameAsString())
        .toList();
  }

  /** Stops an instance and waits until it is stopped. */
  void stop(String instanceId) {
    ec2.stopInstances(request -> request.instanceIds(instanceId));
    ec2.waiter().waitUntilInstanceStopped(request -> request.instanceIds(instanceId));
  }

  List<Volume> volumes() {
    return ec2.describeVolumes().volumes();
  }

  /** Makes a volume of a build, such as an instance leaves whose volumes outlive it. */
  void leaveVolume(String buildId) {
    String zone = ec2.describeSubnets().subnets().get(0).availabilityZone();
    ec2.createVolume(
        request ->
            request
                .availabilityZone(zone)
                .size(1)
                .tagSpecifications(
                    TagSpecification.builder()
                        .resourceType(ResourceType.VOLUME)
                        .tags(Tag.builder().key("wcs-ami:build-id").value(buildId).build())
                        .build()));
  }

  List<SecurityGroup> groups() {
    return ec2.describeSecurityGroups().securityGroups().stream()
        .filter(group -> !group.groupName().equals("default"))
        .toList();
  }

  /** By their tags: DescribeKeyPairs is no part of the policy. */
  List<String> keyPairs() {
    return ec2
        .describeTags(
            request ->
                request.filters(Filter.builder().name("resource-type").values("key-pair").build()))
        .tags()
        .stream()
        .map(TagDescription::resourceId)
        .distinct()
        .toList();
  }

  /** Every tag of a resource, as {@code key=value}. */
  List<String> tags(String resourceId) {
    TreeMap<String, String> tags = new TreeMap<>();
    ec2.describeTags(
            request ->
                request.filters(Filter.builder().name("resource-id").values(resourceId).build()))
        .tags()
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags.entrySet().stream().map(tag -> tag.getKey() + "=" + tag.getValue()).toList();
  }

  @Override
  public void close() {
    ec2.close();
    region.close();
  }
}
