package io.wizzie.wcs.ami.localregion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.localregion.model.RegionStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;

/** Images as things: looked at, exported, removed. */
class ImageKeepingTest extends RegionTest {

  @Test
  void removedImagesAreGoneWithTheirSnapshotsAndFiles() {
    String old = imaged("old");
    String kept = imaged("kept");

    region.removeImages("local", List.of(old, "ami-00000000000000000", baseImage().imageId()));

    assertThat(refusal(() -> image(old))).isEqualTo("InvalidAMIID.Unavailable");
    assertThat(image(kept).name()).isEqualTo("kept");
    assertThat(baseImage()).isNotNull();
    assertThat(
            ec2.describeSnapshots(DescribeSnapshotsRequest.builder().ownerIds("self").build())
                .snapshots())
        .hasSize(1);
    assertThat(engine.images()).contains(kept, BASE.imageRef()).doesNotContain(old);
  }

  @Test
  void instancesOfARemovedImageLiveOn() {
    String old = imaged("old");
    String id = running(oneInstance().imageId(old)).instanceId();

    region.removeImages("local", List.of(old));

    assertThat(stateOf(id)).isEqualTo("running");
    assertThat(engine.images()).contains(old);
    terminate(id);
    later();
    assertThat(engine.images()).doesNotContain(old);
  }

  @Test
  void anImageIsExportedByIdOrName() {
    String id = imaged("one");

    region.exportImage(id, folder.resolve("x"));
    region.exportImage("one", folder.resolve("x"));
    region.exportImage(BASE.name(), folder.resolve("x"));

    assertThat(engine.calls())
        .endsWith("exportImage " + id, "exportImage " + id, "exportImage " + BASE.imageRef());
  }

  @Test
  void aCopyIsTheSameFileSystem() {
    String id = imaged("one");
    String copy =
        client("eu-west-1")
            .copyImage(
                CopyImageRequest.builder()
                    .name("copy")
                    .sourceImageId(id)
                    .sourceRegion("local")
                    .build())
            .imageId();

    region.exportImage(copy, folder.resolve("x"));

    assertThat(engine.calls()).endsWith("exportImage " + id);
  }

  @Test
  void anImageThatIsNotThereOrNotReadyIsAMatterOfUsage() {
    assertThatThrownBy(() -> region.exportImage("ami-1", folder.resolve("x")))
        .isInstanceOfSatisfying(
            BuildException.class,
            failure ->
                assertThat(failure.category()).isEqualTo(BuildException.Category.CONFIGURATION))
        .hasMessageStartingWith("There is no image ami-1 in the local region.");
    String instance = stopped(oneInstance()).instanceId();
    engine.failOn("commit");
    ec2.createImage(CreateImageRequest.builder().instanceId(instance).name("half").build());
    assertThatThrownBy(() -> region.exportImage("half", folder.resolve("x")))
        .hasMessageStartingWith("The image half has no file system, or not yet.");
  }

  @Test
  void theStatusTellsWhatInstancesHaveWritten() {
    running();

    assertThat(region.status().regions().get(0).instances())
        .extracting(RegionStatus.Instance::sizeBytes)
        .containsExactly(7_000_000L);
  }
}
