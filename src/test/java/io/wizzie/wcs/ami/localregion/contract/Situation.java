package io.wizzie.wcs.ami.localregion.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;

/** A fresh region of an implementation, and short ways to what most questions need in it. */
final class Situation implements AutoCloseable {
  /** Well-formed IDs that nothing has. */
  static final String NO_INSTANCE = "i-0123456789abcdef0";

  static final String NO_IMAGE = "ami-0123456789abcdef0";
  static final String NO_SNAPSHOT = "snap-0123456789abcdef0";
  static final String NO_VOLUME = "vol-0123456789abcdef0";
  static final String NO_GROUP = "sg-0123456789abcdef0";
  static final String NO_SUBNET = "subnet-0123456789abcdef0";

  static final String HOME = "us-east-1";
  static final String AWAY = "eu-west-1";

  private final ContractTarget target;
  private final ExecutionInterceptor recorder;
  private final List<Ec2Client> clients = new ArrayList<>();
  private final Ec2Client home;

  Situation(ContractTarget target, ExecutionInterceptor recorder) {
    this.target = target;
    this.recorder = recorder;
    this.home = client(HOME);
  }

  Ec2Client ec2() {
    return home;
  }

  Ec2Client away() {
    return client(AWAY);
  }

  private Ec2Client client(String region) {
    Ec2Client client =
        Ec2Client.builder()
            .endpointOverride(target.endpoint())
            .region(Region.of(region))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        target.accessKey().id(), target.accessKey().secret().revealUtf8())))
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .addExecutionInterceptor(recorder)
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .build())
            .build();
    clients.add(client);
    return client;
  }

  void later() {
    target.later();
  }

  /** A public image of Amazon's that a t3 instance can be launched from. */
  Image baseImage() {
    return baseImage(home);
  }

  private static Image baseImage(Ec2Client ec2) {
    return ec2
        .describeImages(
            request ->
                request
                    .owners("amazon")
                    .filters(
                        filter("root-device-type", "ebs"),
                        filter("architecture", "x86_64"),
                        filter("virtualization-type", "hvm")))
        .images()
        .stream()
        .filter(image -> image.platform() == null)
        .min(Comparator.comparing(Image::imageId))
        .orElseThrow(() -> new AssertionError("There is no image of Amazon's to launch from"));
  }

  Instance launched(Consumer<RunInstancesRequest.Builder> more) {
    RunInstancesRequest.Builder request =
        RunInstancesRequest.builder()
            .imageId(baseImage().imageId())
            .instanceType("t3.large")
            .minCount(1)
            .maxCount(1);
    more.accept(request);
    return home.runInstances(request.build()).instances().get(0);
  }

  String running() {
    return running(request -> {});
  }

  String running(Consumer<RunInstancesRequest.Builder> more) {
    String id = launched(more).instanceId();
    later();
    return id;
  }

  String stopped() {
    String id = running();
    home.stopInstances(request -> request.instanceIds(id));
    later();
    return id;
  }

  String terminated() {
    String id = running();
    home.terminateInstances(request -> request.instanceIds(id));
    later();
    return id;
  }

  Instance instance(String id) {
    return home.describeInstances(request -> request.instanceIds(id))
        .reservations()
        .get(0)
        .instances()
        .get(0);
  }

  String stateOf(String instanceId) {
    return instance(instanceId).state().nameAsString();
  }

  /** ID of an instance's only volume. */
  String rootVolume(String instanceId) {
    InstanceBlockDeviceMapping device = instance(instanceId).blockDeviceMappings().get(0);
    return device.ebs().volumeId();
  }

  /** An available image of a stopped instance. */
  String image(String name) {
    String instanceId = stopped();
    String id = home.createImage(r -> r.instanceId(instanceId).name(name)).imageId();
    later();
    return id;
  }

  Image describedImage(String id) {
    return home.describeImages(request -> request.imageIds(id)).images().get(0);
  }

  String snapshotOf(String imageId) {
    return describedImage(imageId).blockDeviceMappings().get(0).ebs().snapshotId();
  }

  String volume() {
    String zone = subnets().get(0).availabilityZone();
    String id =
        home.createVolume(r -> r.availabilityZone(zone).size(8).volumeType("gp3")).volumeId();
    later();
    return id;
  }

  Volume describedVolume(String id) {
    return home.describeVolumes(request -> request.volumeIds(id)).volumes().get(0);
  }

  String snapshot() {
    String volumeId = volume();
    String id = home.createSnapshot(request -> request.volumeId(volumeId)).snapshotId();
    later();
    return id;
  }

  Snapshot describedSnapshot(String id) {
    return home.describeSnapshots(request -> request.snapshotIds(id)).snapshots().get(0);
  }

  List<Subnet> subnets() {
    return home.describeSubnets(r -> {}).subnets().stream()
        .sorted(Comparator.comparing(Subnet::availabilityZone))
        .toList();
  }

  String vpcId() {
    return subnets().get(0).vpcId();
  }

  String group(String name) {
    return home.createSecurityGroup(r -> r.groupName(name).description("of a test").vpcId(vpcId()))
        .groupId();
  }

  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  static TagSpecification tagged(ResourceType type, String key, String value) {
    return TagSpecification.builder().resourceType(type).tags(tag(key, value)).build();
  }

  /** As {@code key=value}, in the order of the keys. */
  static List<String> text(List<Tag> tags) {
    return tags.stream().map(tag -> tag.key() + "=" + tag.value()).sorted().toList();
  }

  /** What it looks like, so that IDs can be compared: {@code i-17} for {@code i-} and 17 digits. */
  static String form(String id) {
    int dash = id.lastIndexOf('-');
    String digits = id.substring(dash + 1);
    return digits.matches("[0-9a-f]+") ? id.substring(0, dash + 1) + digits.length() : id;
  }

  @Override
  public void close() {
    clients.forEach(Ec2Client::close);
  }
}
