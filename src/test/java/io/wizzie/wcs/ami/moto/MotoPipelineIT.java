package io.wizzie.wcs.ami.moto;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.ec2.Policy;
import io.wizzie.wcs.ami.guest.Commands;
import io.wizzie.wcs.ami.localregion.engine.ContainerEngine;
import io.wizzie.wcs.ami.localregion.engine.EngineSettings;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/**
 * The whole program, as its users start it, builds an image in Moto: it leans on EC2's API, not on
 * the local region. Moto has states and data, but no systems: real guests are put behind the
 * addresses that it hands out.
 */
class MotoPipelineIT {
  /** Moto's default VPC, as every account's. */
  private static final String VPC = "172.31.0.0/16";

  private static final String VPC_PREFIX = "172.31.";

  /** Canonical's, as Moto knows it. Behind it stands the local region's base image. */
  private static final String SOURCE_IMAGE = "ami-785db401";

  private static final Duration BUILD = Duration.ofMinutes(5);
  private static final Set<String> OF_THE_POLICY =
      Policy.ACTIONS.stream().collect(Collectors.toCollection(TreeSet::new));

  @TempDir static Path folder;

  private static MotoServer moto;
  private static Ec2Client ec2;
  private static ContainerEngine engine;
  private static GuestsBehind guests;
  private static PassThrough passThrough;
  private static Built built;

  private record Built(int exitCode, String stdout, String stderr, List<String> actions) {
    String imageId() {
      return stdout.strip();
    }
  }

  @BeforeAll
  static void buildTheImage() throws IOException, InterruptedException {
    Assumptions.assumeFalse(
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .anyMatch(address -> address.getHostAddress().startsWith(VPC_PREFIX)),
        "This machine is itself in "
            + VPC
            + ", and its neighbours are none of this test's guests.");
    try {
      moto = MotoServer.start(folder.resolve("moto.log"));
    } catch (MotoServer.UnavailableException unavailable) {
      Assumptions.abort(unavailable.toString());
    }
    ec2 = client(moto.endpoint());
    engine =
        ContainerEngine.open(
            new EngineSettings(
                folder.resolve("region"),
                "wcs-ami-moto-" + ProcessHandle.current().pid(),
                VPC,
                null,
                Duration.ofSeconds(60)));
    String base = engine.baseImages(null).ensure(false, System.err::println).imageRef();
    guests = new GuestsBehind(ec2, engine, base, VPC_PREFIX, folder);
    passThrough = new PassThrough(moto.endpoint(), guests);
    built = build();
  }

  @AfterAll
  static void removeAll() {
    if (passThrough != null) {
      passThrough.close();
    }
    if (engine != null) {
      engine.reset();
    }
    if (ec2 != null) {
      ec2.close();
    }
    if (moto != null) {
      moto.close();
    }
  }

  @Test
  void printsTheImageIdAlone() {
    assertThat(built.exitCode()).as(built.stderr()).isZero();
    assertThat(built.stdout()).matches("ami-[0-9a-f]{8,17}\n");
  }

  @Test
  void callsNoActionOutsideThePolicy() {
    assertThat(built.actions())
        .contains("RunInstances", "StopInstances", "CreateImage", "TerminateInstances")
        .isSubsetOf(OF_THE_POLICY);
  }

  @Test
  void makesATaggedImageOfTheStoppedBuilder() {
    Image image = image(built.imageId());

    assertThat(image.name()).startsWith("wcs-0.1-");
    assertThat(image.stateAsString()).isEqualTo("available");
    assertThat(tagged(image.tags()))
        .contains("Name=wcs-0.1")
        .anyMatch(t -> t.startsWith("wcs-ami:"));
    List<Snapshot> snapshots =
        ec2.describeSnapshots(
                DescribeSnapshotsRequest.builder()
                    .snapshotIds(
                        image.blockDeviceMappings().stream()
                            .map(device -> device.ebs().snapshotId())
                            .toList())
                    .build())
            .snapshots();
    assertThat(snapshots).isNotEmpty().noneMatch(Snapshot::encrypted);
    assertThat(built.actions().indexOf("StopInstances"))
        .isLessThan(built.actions().indexOf("CreateImage"));
  }

  @Test
  void leavesNothingElse() {
    assertThat(instances())
        .filteredOn(instance -> instance.imageId().equals(SOURCE_IMAGE))
        .isNotEmpty()
        .allMatch(instance -> instance.state().nameAsString().equals("terminated"));
    assertThat(ec2.describeKeyPairs().keyPairs()).isEmpty();
    assertThat(ec2.describeSecurityGroups().securityGroups())
        .extracting(SecurityGroup::groupName)
        .containsOnly("default");
  }

  @Test
  void whatTheStoppedGuestHoldsIsFitForAnImage() {
    List<String> files = guests.filesOf(built.imageId());

    assertThat(files).anyMatch(file -> file.endsWith(" usr/local/etc/wcs/ami/chef_conf/node.json"));
    assertThat(files)
        .anyMatch(file -> file.matches("-rwx.* var/lib/cloud/scripts/per-instance/.+"));
    assertThat(files).anyMatch(file -> file.endsWith(" etc/provisioned"));
    assertThat(files.stream().filter(MotoPipelineIT::isLeak)).isEmpty();
  }

  @Test
  void anInstanceOfTheImageBootstrapsItself() throws IOException, InterruptedException {
    try (Ec2Client buyer = client(passThrough.endpoint())) {
      String instanceId =
          buyer
              .runInstances(
                  RunInstancesRequest.builder()
                      .imageId(built.imageId())
                      // Without one, EC2 takes a default subnet; Moto an address of no subnet.
                      .subnetId(defaultSubnet())
                      .minCount(1)
                      .maxCount(1)
                      .userData("I2Nsb3VkLWNvbmZpZwp7fQo=")
                      .build())
              .instances()
              .get(0)
              .instanceId();

      assertThat(Commands.inGuest(instanceId, "cloud-init status --wait || true"))
          .contains("status: done");
      assertThat(Commands.inGuest(instanceId, "cat /etc/bootstrapped"))
          .isEqualTo("instance " + instanceId);
      assertThat(Commands.inGuest(instanceId, "wcs-bootstrap status")).contains("converged");

      buyer.terminateInstances(TerminateInstancesRequest.builder().instanceIds(instanceId).build());
    }
  }

  private static Built build() throws IOException, InterruptedException {
    Path err = folder.resolve("stderr");
    Path out = folder.resolve("stdout");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of(System.getProperty("wcs-ami.jar", "target/wcs-ami.jar"))
                    .toAbsolutePath()
                    .toString(),
                "build",
                "--region",
                "us-east-1",
                "--endpoint-url",
                passThrough.endpoint().toString(),
                "--config",
                configuration().toString()));
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    process.environment().put("AWS_ACCESS_KEY_ID", "moto");
    process.environment().put("AWS_SECRET_ACCESS_KEY", "moto");
    process.environment().put("HOME", folder.toString());
    Process program = process.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    boolean ended = program.waitFor(BUILD.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      program.destroyForcibly();
    }
    String told = Files.readString(err);
    System.err.println(told);
    assertThat(ended).as("ends within " + BUILD + ": " + told).isTrue();
    return new Built(
        program.exitValue(),
        Files.readString(out),
        told,
        passThrough.calls().stream().map(PassThrough.Call::action).toList());
  }

  private static Path configuration() throws IOException {
    cookbook(
        "provision/provisioned",
        """
        file '/etc/provisioned' do
          content "by chef-solo\\n"
          mode '0644'
        end
        """);
    cookbook(
        "bootstrap/bootstrapped",
        """
        file '/etc/bootstrapped' do
          content lazy { "instance #{::File.read('/var/lib/cloud/data/instance-id')}" }
        end
        """);
    return Files.writeString(
        folder.resolve("build.json"),
        """
        {
          "version": "0.1",
          "sourceImage": {
            "owners": ["099720109477"],
            "filters": {"name": ["ubuntu/images/hvm-ssd/ubuntu-xenial-*"]},
            "mostRecent": true,
          },
          "ssh": {"user": "admin", "address": "private_ip"},
          "chef": {"soloPath": "/opt/wcs-ami-stand-in/bin/chef-solo"},
          "provision": {
            "cookbookPaths": ["provision"],
            "runList": ["recipe[provisioned]"],
          },
          "bootstrap": {
            "cookbookPaths": ["bootstrap"],
            "runList": ["recipe[bootstrapped]"],
          },
          "image": {"tags": {"Name": "wcs-{version}"}},
          "audit": {
            "waivers": [{"check": "ami-root-device", "reason": "Moto says standard of every image"}]
          },
        }
        """);
  }

  private static void cookbook(String path, String recipe) throws IOException {
    Path cookbook = folder.resolve(path);
    Files.createDirectories(cookbook.resolve("recipes"));
    Files.writeString(
        cookbook.resolve("metadata.rb"),
        "name '" + cookbook.getFileName() + "'\nversion '1.0.0'\n");
    Files.writeString(
        cookbook.resolve("recipes/default.rb"), "# frozen_string_literal: true\n\n" + recipe);
  }

  private static final Pattern LEAK =
      Pattern.compile(
          ".* ("
              + ".*/authorized_keys2?|etc/ssh/ssh_host_.*|root/\\.wcs-ami.*|tmp/.+"
              + "|var/lib/cloud/instances?/.+"
              + ")");

  private static boolean isLeak(String file) {
    return LEAK.matcher(file).matches();
  }

  private static Image image(String imageId) {
    return ec2.describeImages(DescribeImagesRequest.builder().imageIds(imageId).build())
        .images()
        .get(0);
  }

  private static List<Instance> instances() {
    return ec2.describeInstances().reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .toList();
  }

  private static String defaultSubnet() {
    return ec2.describeSubnets(
            DescribeSubnetsRequest.builder()
                .filters(Filter.builder().name("default-for-az").values("true").build())
                .build())
        .subnets()
        .get(0)
        .subnetId();
  }

  private static List<String> tagged(List<Tag> tags) {
    return tags.stream().map(tag -> tag.key() + "=" + tag.value()).toList();
  }

  private static Ec2Client client(URI endpoint) {
    return Ec2Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("moto", "moto")))
        .build();
  }
}
