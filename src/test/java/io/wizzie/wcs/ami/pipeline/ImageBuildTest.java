package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.ec2.FakeEc2;
import io.wizzie.wcs.ami.ec2.Policy;
import io.wizzie.wcs.ami.ec2.ProjectResources;
import io.wizzie.wcs.ami.event.BuildEvent.ResourceCreated;
import io.wizzie.wcs.ami.event.BuildEvent.ResourceRemoved;
import io.wizzie.wcs.ami.event.BuildEvent.SecretKnown;
import io.wizzie.wcs.ami.event.BuildEvent.StageFinished;
import io.wizzie.wcs.ami.event.BuildEvent.StageStarted;
import io.wizzie.wcs.ami.event.BuildEvent.Warning;
import io.wizzie.wcs.ami.event.SecretMask;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Built;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Builds that succeed. */
class ImageBuildTest {
  @TempDir Path output;
  private BuildBench bench;

  @BeforeEach
  void setUp() {
    bench = new BuildBench(output);
  }

  private BuildResult build() {
    BuildOutcome outcome = bench.run();
    assertThat(outcome).isInstanceOf(Built.class);
    return ((Built) outcome).result();
  }

  @Test
  void runsTheStagesInOrderWithTheBundleBesideThem() {
    build();

    List<String> stages =
        bench.events(StageStarted.class).stream()
            .map(StageStarted::name)
            .filter(name -> !name.equals("bundle"))
            .toList();
    assertThat(stages)
        .containsExactlyElementsOf(
            Stage.ofBuild().stream()
                .map(Stage::id)
                .filter(name -> !name.equals("bundle") && !name.startsWith("verify-"))
                .toList());
    assertThat(bench.finishedStages()).contains("bundle").hasSize(stages.size() + 1);
    assertThat(bench.failedStages()).isEmpty();
  }

  @Test
  void leavesTheImageAndItsSnapshotAndNothingElse() {
    BuildResult result = build();

    assertThat(bench.ec2.leftovers())
        .containsExactlyInAnyOrder(result.imageId(), result.snapshotIds().get(0));
    assertThat(result.leftovers()).isEmpty();
    assertThat(bench.guest.openShells).isZero();
    assertThat(bench.folder().resolve("bundle")).doesNotExist();
    assertThat(bench.folder().resolve("ssh_key")).doesNotExist();
  }

  @Test
  void callsNothingOutsideThePolicy() {
    build();

    assertThat(Policy.ACTIONS).hasSize(32).containsAll(bench.ec2.faults.calls());
  }

  @Test
  void tagsEverythingInTheCreatingCall() {
    bench.listener =
        event -> {
          if (event instanceof ResourceCreated created
              && created.resource().kind() == ResourceKind.INSTANCE) {
            assertThat(tags(bench.ec2.keyPairs.values().iterator().next().tags()))
                .contains(
                    "wcs-ami:build-id=" + bench.buildId,
                    "wcs-ami:expires-at=2026-11-22T15:58:00Z",
                    "Name=" + bench.buildId,
                    "team=wizzie");
            assertThat(tags(bench.ec2.groups.values().iterator().next().tags()))
                .contains("wcs-ami:build-id=" + bench.buildId);
          }
          bench.events.add(event);
        };
    build();

    RunInstancesRequest launch = bench.ec2.launches.get(0);
    assertThat(launch.tagSpecifications())
        .extracting(each -> each.resourceTypeAsString())
        .containsExactly("instance", "volume", "network-interface");
    assertThat(launch.tagSpecifications())
        .allSatisfy(
            each ->
                assertThat(tags(each.tags()))
                    .contains("wcs-ami:expires-at=2026-11-22T15:58:00Z", "team=wizzie"));
  }

  @Test
  void theFinishedImageNeverExpires() {
    BuildResult result = build();

    Image image = bench.ec2.image(result.imageId());
    assertThat(tags(image.tags()))
        .containsExactlyInAnyOrder(
            "Name=wcs-1.1.0-20261122135800",
            "product=wcs 1.1.0",
            "wcs-ami:build-id=" + bench.buildId,
            "wcs-ami:status=finished");
    assertThat(tags(bench.ec2.snapshot(result.snapshotIds().get(0)).tags()))
        .contains("of=" + bench.buildId, "wcs-ami:status=finished");
    assertThat(bench.ec2.imdsSupport).containsEntry(result.imageId(), "v2.0");
    assertThat(new ProjectResources(bench.ec2.connection()).images())
        .singleElement()
        .satisfies(each -> assertThat(each.finished()).isTrue());
  }

  @Test
  void launchesABuilderThatEndsItselfAndAnswersOnlyImdsV2() {
    build();

    RunInstancesRequest launch = bench.ec2.launches.get(0);
    assertThat(launch.instanceInitiatedShutdownBehaviorAsString()).isEqualTo("terminate");
    assertThat(launch.metadataOptions().httpTokensAsString()).isEqualTo("required");
    assertThat(launch.clientToken()).isEqualTo(bench.buildId + "-1");
    assertThat(launch.iamInstanceProfile().name()).isEqualTo("wcs-builder");
    assertThat(launch.subnetId()).isEqualTo("subnet-1");
    assertThat(launch.blockDeviceMappings())
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.deviceName()).isEqualTo("/dev/xvda");
              assertThat(device.ebs().volumeSize()).isEqualTo(30);
              assertThat(device.ebs().volumeTypeAsString()).isEqualTo("gp3");
              assertThat(device.ebs().deleteOnTermination()).isTrue();
            });
  }

  @Test
  void asksForAPublicAddressThroughANetworkInterface() {
    bench.spec =
        Specs.spec(
            Specs.builder(true, "subnet-2", List.of("sg-own"), List.of()),
            Specs.ssh(null, null, false));
    bench.ec2.addGroup("sg-own", "vpc-1");
    build();

    RunInstancesRequest launch = bench.ec2.launches.get(0);
    assertThat(launch.subnetId()).isNull();
    assertThat(launch.securityGroupIds()).isEmpty();
    assertThat(launch.networkInterfaces())
        .singleElement()
        .satisfies(
            face -> {
              assertThat(face.subnetId()).isEqualTo("subnet-2");
              assertThat(face.groups()).containsExactly("sg-own");
              assertThat(face.associatePublicIpAddress()).isTrue();
            });
    assertThat(bench.ec2.faults.calls()).doesNotContain("CreateSecurityGroup");
  }

  @Test
  void admitsTheOperatorsOwnAddressUnlessToldOtherwise() {
    bench.spec =
        Specs.spec(Specs.builder(null, null, List.of(), List.of()), Specs.ssh(null, null, false));
    build();

    assertThat(bench.ec2.permissions.values())
        .singleElement()
        .satisfies(
            rules -> assertThat(rules.get(0).ipRanges().get(0).cidrIp()).isEqualTo("192.0.2.1/32"));
  }

  @Test
  void admitsTheAddressInTheVpcWhenTheBuilderHasNoPublicOne() {
    bench.spec =
        Specs.spec(Specs.builder(false, null, List.of(), List.of()), Specs.ssh(null, null, false));
    build();

    assertThat(bench.ec2.permissions.values())
        .singleElement()
        .satisfies(
            rules -> assertThat(rules.get(0).ipRanges().get(0).cidrIp()).isEqualTo("10.0.0.1/32"));
  }

  @Test
  void usesAnExistingKeyPairAndLeavesIt() throws IOException {
    Path key = Files.writeString(output.resolve("key.pem"), "own key");
    bench.spec =
        Specs.spec(
            Specs.builder(null, null, List.of(), List.of("198.51.100.7/32")),
            Specs.ssh("own-key", key, false));
    build();

    assertThat(bench.ec2.launches.get(0).keyName()).isEqualTo("own-key");
    assertThat(bench.ec2.faults.calls()).doesNotContain("CreateKeyPair", "DeleteKeyPair");
  }

  @Test
  void goesOnWithTheShellThatARebootLedTo() {
    bench.guest.reboots = true;
    build();

    assertThat(bench.guest.steps).contains("installHook", "clean");
    assertThat(bench.guest.openShells).isZero();
  }

  @Test
  void deletesTheKeyPairWhileTheImageIsPendingAndTheBuilderAfterwards() {
    build();

    List<String> calls = bench.ec2.faults.calls();
    assertThat(calls.indexOf("DeleteKeyPair")).isEqualTo(calls.indexOf("CreateImage") + 1);
    assertThat(calls.indexOf("TerminateInstances"))
        .isGreaterThan(calls.indexOf("ModifyImageAttribute"));
    assertThat(bench.events(ResourceRemoved.class))
        .extracting(each -> each.resource().kind().toString())
        .containsExactly("key pair", "instance", "security group");
  }

  @Test
  void takesTheNextInstanceTypeWhenThereIsNoCapacityInAnyZone() {
    bench.ec2.faults.refuse("RunInstances", "InsufficientInstanceCapacity");
    bench.ec2.faults.refuse("RunInstances", "Unsupported");
    BuildResult result = build();

    assertThat(result.instanceType()).isEqualTo("t3a.large");
    assertThat(bench.ec2.launches.get(0).clientToken()).isEqualTo(bench.buildId + "-3");
    assertThat(bench.events.toString()).contains("No t3.large in eu-west-1a");
  }

  @Test
  void makesAnotherKeyPairWhenTheAnswerWithTheFirstOnesPrivateKeyWasLost() {
    bench.ec2.faults.refuse("CreateKeyPair", "InvalidKeyPair.Duplicate");
    build();

    assertThat(bench.ec2.launches.get(0).keyName()).isEqualTo(bench.buildId + "-2");
    assertThat(bench.ec2.keyPairs).isEmpty();
  }

  @Test
  void makesTheTemporaryKeyKnownAsASecretAndLetsNoFileHoldIt() throws IOException {
    String key = FakeEc2.keyMaterial(bench.buildId.value());
    bench.guest.cleaned = List.of("found " + key);

    build();

    assertThat(bench.events(SecretKnown.class)).extracting(SecretKnown::secret).contains(key);
    try (Stream<Path> files = Files.walk(bench.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(key);
      }
    }
    assertThat(Files.readString(bench.folder().resolve("manifest.json")))
        .contains("found (secret)");
  }

  @Test
  void writesTheManifest() throws IOException {
    BuildResult result = build();

    Path manifest = bench.folder().resolve("manifest.json");
    assertThat(Files.readString(manifest)).isEqualTo(Manifest.json(result, new SecretMask()));
    JsonNode json = new ObjectMapper().readTree(manifest.toFile());
    assertThat(json.path("imageId").asText()).isEqualTo(result.imageId());
    assertThat(json.path("chef").path("product").asText()).isEqualTo("Cinc Client");
    assertThat(json.path("cookbooks").path(0).path("name").asText()).isEqualTo("wcsprov");
    assertThat(json.path("stages")).hasSize(19);
    assertThat(json.path("leftovers")).isEmpty();
  }

  @Test
  void followsALinkToTheManifestAndReplacesNoPipe() throws Exception {
    Path real = output.resolve("real.json");
    Files.writeString(real, "an earlier one");
    bench.manifest = Files.createSymbolicLink(output.resolve("link.json"), real);

    BuildResult result = ((Built) bench.run()).result();

    String json = Manifest.json(result, new SecretMask());
    assertThat(bench.manifest).isSymbolicLink();
    assertThat(real).hasContent(json);
    Path pipe = output.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    Manifest.write(result, new SecretMask(), pipe);
    assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(json);
    assertThat(output).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
  }

  @Test
  void writesTheManifestWhereItIsWanted() {
    bench.manifest = output.resolve("made/for/ci.json");
    build();

    assertThat(bench.manifest).exists();
    assertThat(bench.folder().resolve("manifest.json")).doesNotExist();
  }

  @Test
  void timesTheStagesByTheClock() {
    build();

    StageFinished image =
        bench.events(StageFinished.class).stream()
            .filter(stage -> stage.name().equals("image"))
            .findFirst()
            .orElseThrow();
    assertThat(image.elapsed().toSeconds()).isBetween(60L, 70L);
  }

  @Test
  void warnsOfADeprecatedSourceImage() {
    bench.ec2.images.computeIfPresent(
        "ami-source",
        (id, image) -> image.toBuilder().deprecationTime("2026-11-22T13:58:00Z").build());
    build();

    assertThat(bench.events(Warning.class).get(0).message()).contains("is deprecated since");
  }

  @Test
  void handsTheImageOutAlsoWhenTheBuilderCanNotBeRemoved() {
    bench.ec2.faults.refuseAlways("TerminateInstances", "UnauthorizedOperation");
    BuildResult result = build();

    assertThat(result.leftovers())
        .extracting(each -> each.resource().kind().toString())
        .containsExactly("instance", "security group");
    assertThat(result.leftovers().get(0).removal())
        .startsWith("aws ec2 terminate-instances --instance-ids i-")
        .endsWith("--region eu-west-1");
    assertThat(bench.ec2.images).containsKey(result.imageId());
    assertThat(bench.failedStages()).containsExactly("remove");
  }

  @Test
  void handsTheImageOutWhateverFailsAfterwards() {
    bench.listener =
        event -> {
          bench.events.add(event);
          if (event instanceof StageStarted stage && stage.name().equals("remove")) {
            throw new NoClassDefFoundError("rebuilt meanwhile");
          }
        };

    BuildResult result = build();

    assertThat(bench.ec2.leftovers())
        .containsExactlyInAnyOrder(result.imageId(), result.snapshotIds().get(0));
  }

  private static List<String> tags(List<Tag> tags) {
    return tags.stream().map(tag -> tag.key() + "=" + tag.value()).toList();
  }
}
