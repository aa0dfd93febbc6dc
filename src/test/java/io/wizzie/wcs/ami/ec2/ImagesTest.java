package io.wizzie.wcs.ami.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.ec2.Images.NewImage;
import io.wizzie.wcs.ami.pipeline.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images, their names, their snapshots, and the listing of what the project has. */
class ImagesTest {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final Verbs bench = new Verbs();
  private final Images images = bench.verbs.images();
  private final List<String> snapshotsSeen = new ArrayList<>();
  private String instanceId = "";

  @BeforeEach
  void stopABuilder() {
    instanceId =
        bench
            .verbs
            .instances()
            .run(
                new LaunchRequest(
                    new SourceImage(
                        "ami-source", "debian", "1", "x86_64", "/dev/xvda", 8, List.of(), null),
                    Specs.builder(null, null, List.of(), List.of()),
                    "wcs-1",
                    List.of("sg-1"),
                    LaunchRequest.encode(new byte[0]),
                    Verbs.TAGS),
                "t3.large",
                "subnet-1",
                "token-1");
    bench.verbs.instances().stop(instanceId);
  }

  private String create(String buildId) {
    return images.create(instanceId, new NewImage("wcs", "text", Verbs.TAGS, Verbs.TAGS), buildId);
  }

  private AvailableImage await(String imageId) {
    return bench.verbs.imageCompletion().await(imageId, HALF_AN_HOUR, snapshotsSeen::add);
  }

  @Test
  void waitsForTheImageAndItsSnapshots() {
    String imageId = create("wcs-1");

    AvailableImage image = await(imageId);

    assertThat(image.snapshotIds()).hasSize(1).isEqualTo(snapshotsSeen);
    assertThat(bench.said)
        .contains(
            imageId + " is pending",
            imageId + " is pending (" + image.snapshotIds().get(0) + " 40%)");
    assertThat(bench.ec2.image(imageId).description()).isEqualTo("text");
  }

  @Test
  void repeatsWhileEc2DoesNotKnowThatTheInstanceHasStopped() {
    bench.ec2.faults.refuse("CreateImage", "IncorrectInstanceState");

    assertThat(create("wcs-1")).startsWith("ami-");
  }

  @Test
  void repeatsWhenTheStateIsToldInWordsOnly() {
    bench.ec2.faults.refuse(
        "CreateImage", "InvalidParameterValue", "Instance is not in state 'running' or 'stopped'.");

    assertThat(create("wcs-1")).startsWith("ami-");
  }

  @Test
  void doesNotRepeatWhatIsRefusedForAnotherReason() {
    bench.ec2.faults.refuse("CreateImage", "InvalidParameterValue", "Something else is wrong.");

    assertThatThrownBy(() -> create("wcs-1")).hasMessageContaining("InvalidParameterValue");
  }

  @Test
  void findsItsOwnImageWhenTheAnswerToItsCreationWasLost() {
    String imageId = create("wcs-1");

    assertThat(create("wcs-1")).isEqualTo(imageId);
    assertThatThrownBy(() -> create("another-build"))
        .hasMessageContaining("InvalidAMIName.Duplicate");
  }

  @Test
  void tellsWhyAnImageFailed() {
    String imageId = create("wcs-1");
    bench.ec2.imageFailure = "Client.Anything";

    assertThatThrownBy(() -> await(imageId))
        .hasMessage("Image " + imageId + " is failed instead of available: Client.Anything.");
  }

  @Test
  void toleratesThatANewImageIsNotVisibleYet() {
    String imageId = create("wcs-1");
    bench.ec2.faults.refuse("DescribeImages", "InvalidAMIID.NotFound");

    assertThat(await(imageId).imageId()).isEqualTo(imageId);
  }

  @Test
  void terminatingTheBuilderTooEarlyFailsTheImageInTheFakeToo() {
    String imageId = create("wcs-1");
    bench.verbs.instances().terminate(instanceId, null);

    assertThatThrownBy(() -> await(imageId)).hasMessageContaining("InstanceTerminated");
  }

  @Test
  void marksImageAndSnapshotsAsFinished() {
    AvailableImage image = await(create("wcs-1"));
    images.requireImdsV2(image.imageId());
    images.markFinished(image);

    assertThat(ProjectTags.value(bench.ec2.image(image.imageId()).tags(), ProjectTags.STATUS))
        .isEqualTo("finished");
    assertThat(
            ProjectTags.value(
                bench.ec2.snapshot(image.snapshotIds().get(0)).tags(), ProjectTags.STATUS))
        .isEqualTo("finished");
    assertThat(bench.ec2.imdsSupport).containsEntry(image.imageId(), "v2.0");
  }

  @Test
  void deletesSnapshotsOnceTheirImageLetsThemGo() {
    AvailableImage image = await(create("wcs-1"));
    String snapshotId = image.snapshotIds().get(0);

    assertThat(images.snapshotIds(image.imageId())).containsExactly(snapshotId);
    assertThat(bench.verbs.snapshots().ofBuild("wcs-1")).containsExactly(snapshotId);
    assertThatThrownBy(() -> bench.verbs.snapshots().delete(snapshotId))
        .hasMessageContaining("InvalidSnapshot.InUse");
    images.deregister(image.imageId(), null);
    bench.verbs.snapshots().delete(snapshotId);
    assertThat(bench.ec2.snapshots).isEmpty();
    assertThat(images.snapshotIds(image.imageId())).isEmpty();
    assertThatCode(
            () -> {
              images.deregister(image.imageId(), null);
              bench.verbs.snapshots().delete(snapshotId);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void takesAFreeName() {
    assertThatCode(() -> bench.verbs.imageNames().requireFree("wcs (1.1) [x]/@'_-"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "wcs:1", "wcs*", "ä-image"})
  void refusesNamesThatEc2DoesNotTake(String name) {
    assertThatThrownBy(() -> bench.verbs.imageNames().requireFree(name))
        .isInstanceOfSatisfying(
            BuildException.class,
            failed -> assertThat(failed.category()).isEqualTo(Category.CONFIGURATION))
        .hasMessageContaining("image.name");
  }

  @Test
  void listsTheProjectsImagesAndBuilders() {
    create("wcs-1");
    ProjectResources resources = new ProjectResources(bench.ec2.connection());

    assertThat(resources.images())
        .singleElement()
        .satisfies(
            image -> {
              assertThat(image.buildId()).isEqualTo("wcs-1");
              assertThat(image.finished()).isFalse();
              assertThat(image.state()).isEqualTo("pending");
            });
    assertThat(resources.builders())
        .singleElement()
        .satisfies(
            builder -> {
              assertThat(builder.state()).isEqualTo("stopped");
              assertThat(builder.instanceType()).isEqualTo("t3.large");
            });
    bench.verbs.instances().terminate(instanceId, null);
    assertThat(resources.builders()).isEmpty();
  }
}
