package io.wizzie.wcs.ami.moto;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.guest.Commands;
import io.wizzie.wcs.ami.localregion.engine.ContainerEngine;
import io.wizzie.wcs.ami.localregion.model.GuestEngine.GuestRequest;
import io.wizzie.wcs.ami.moto.PassThrough.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Gives the instances of an EC2 endpoint that has none a real system each: behind the address, with
 * the key pair and the user data that the endpoint says they have. An answer that makes or ends an
 * instance reaches the caller only when that is so, and therefore nobody ever connects to an
 * address that is not one of the guests started here.
 */
final class GuestsBehind implements PassThrough.Observer {
  private final Ec2Client ec2;
  private final ContainerEngine engine;
  private final String baseImage;
  private final String addressPrefix;
  private final Path folder;
  private final Map<String, String> publicKeys = new ConcurrentHashMap<>();
  private final Map<String, String> images = new ConcurrentHashMap<>();
  private final Map<String, List<String>> imagedFiles = new ConcurrentHashMap<>();

  /**
   * @param ec2 asks the endpoint itself, not through what is observed
   * @param addressPrefix what all addresses of the guests' own network begin with
   */
  GuestsBehind(
      Ec2Client ec2, ContainerEngine engine, String baseImage, String addressPrefix, Path folder) {
    this.ec2 = ec2;
    this.engine = engine;
    this.baseImage = baseImage;
    this.addressPrefix = addressPrefix;
    this.folder = folder;
  }

  /** What {@code tar -tv} lists of the stopped guest at the time its image was made. */
  List<String> filesOf(String imageId) {
    return imagedFiles.getOrDefault(imageId, List.of());
  }

  /**
   * Moto answers a CreateImage that tags the snapshots with HTTP 500: it has not implemented that.
   * EC2's reference has it ("To tag the snapshots that are created of the root volume and of other
   * Amazon EBS volumes that are attached to the instance, the value for ResourceType must be
   * snapshot"), so it is done here in Moto's stead, once there are snapshots.
   */
  @Override
  public Map<String, String> passedOn(String action, Map<String, String> parameters) {
    if (!action.equals("CreateImage")) {
      return parameters;
    }
    Map<String, String> understood = new LinkedHashMap<>(parameters);
    understood.keySet().removeIf(name -> specification(name, parameters).equals("snapshot"));
    return understood;
  }

  /** The resource type of the tag specification that a parameter is part of. */
  private static String specification(String name, Map<String, String> parameters) {
    Matcher part = Pattern.compile("(TagSpecification\\.\\d+)\\..*").matcher(name);
    return part.matches() ? parameters.getOrDefault(part.group(1) + ".ResourceType", "") : "";
  }

  private void tagSnapshots(Call call, String imageId) {
    List<Tag> tags = new ArrayList<>();
    call.parameters()
        .forEach(
            (name, key) -> {
              if (name.endsWith(".Key")
                  && specification(name, call.parameters()).equals("snapshot")) {
                String value = name.replaceFirst("Key$", "Value");
                tags.add(Tag.builder().key(key).value(parameter(call, value)).build());
              }
            });
    List<String> snapshots =
        ec2
            .describeImages(DescribeImagesRequest.builder().imageIds(imageId).build())
            .images()
            .get(0)
            .blockDeviceMappings()
            .stream()
            .filter(device -> device.ebs() != null)
            .map(device -> device.ebs().snapshotId())
            .toList();
    ec2.createTags(CreateTagsRequest.builder().resources(snapshots).tags(tags).build());
  }

  @Override
  public void answered(Call call) throws IOException, InterruptedException {
    if (!call.succeeded()) {
      return;
    }
    switch (call.action()) {
      case "CreateKeyPair" -> noteKey(element(call, "keyName"), element(call, "keyMaterial"));
      case "RunInstances" -> launch(element(call, "instanceId"));
      case "StopInstances" -> engine.stop(element(call, "instanceId"));
      case "TerminateInstances" -> engine.remove(element(call, "instanceId"));
      case "CreateImage" -> {
        tagSnapshots(call, element(call, "imageId"));
        image(parameter(call, "InstanceId"), element(call, "imageId"));
      }
      default -> {}
    }
  }

  /** Moto does not tell the public key of a key pair; AWS does, with IncludePublicKey. */
  private void noteKey(String name, String privateKey) throws IOException, InterruptedException {
    Path file = Files.createTempFile(folder, "key", "");
    Files.writeString(file, privateKey);
    publicKeys.put(name, Commands.run("ssh-keygen", "-y", "-f", file.toString()));
  }

  private void launch(String instanceId) {
    Instance instance =
        ec2.describeInstances(DescribeInstancesRequest.builder().instanceIds(instanceId).build())
            .reservations()
            .get(0)
            .instances()
            .get(0);
    String userData =
        ec2.describeInstanceAttribute(
                DescribeInstanceAttributeRequest.builder()
                    .instanceId(instanceId)
                    .attribute(InstanceAttributeName.USER_DATA)
                    .build())
            .userData()
            .value();
    String address = instance.privateIpAddress();
    assertThat(address).startsWith(addressPrefix);
    String key = instance.keyName();
    engine.launch(
        new GuestRequest(
            instanceId,
            images.getOrDefault(instance.imageId(), baseImage),
            "ip-" + address.replace('.', '-'),
            userData,
            key == null ? Map.of() : Map.of(key, publicKeys.getOrDefault(key, "")),
            metadata(instance),
            "terminate".equals(shutdownBehavior(instanceId))));
  }

  private String shutdownBehavior(String instanceId) {
    return ec2.describeInstanceAttribute(
            DescribeInstanceAttributeRequest.builder()
                .instanceId(instanceId)
                .attribute(InstanceAttributeName.INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR)
                .build())
        .instanceInitiatedShutdownBehavior()
        .value();
  }

  private static Map<String, String> metadata(Instance instance) {
    String zone = instance.placement().availabilityZone();
    return Map.of(
        "ami-id", instance.imageId(),
        "instance-type", instance.instanceTypeAsString(),
        "local-ipv4", instance.privateIpAddress(),
        "placement/availability-zone", zone,
        "placement/region", zone.substring(0, zone.length() - 1));
  }

  private void image(String instanceId, String imageId) throws IOException, InterruptedException {
    imagedFiles.put(
        imageId,
        Commands.run(
                "sh",
                "-c",
                "podman export \"$(podman ps -aq --filter label=io.wizzie.wcs-ami.instance="
                    + instanceId
                    + ")\" | tar -tv")
            .lines()
            .toList());
    engine.commit(instanceId, imageId);
    images.put(imageId, imageId);
  }

  private static String parameter(Call call, String name) {
    String value = call.parameters().get(name);
    if (value == null) {
      throw new AssertionError(call.action() + " without " + name);
    }
    return value;
  }

  private static String element(Call call, String name) {
    Matcher element =
        Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(call.answer());
    if (!element.find()) {
      throw new AssertionError(call.action() + " answered without " + name + ": " + call.answer());
    }
    return element.group(1);
  }
}
