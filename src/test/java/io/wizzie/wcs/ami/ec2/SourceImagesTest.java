package io.wizzie.wcs.ami.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.SourceImageSpec;
import io.wizzie.wcs.ami.config.reader.SpecFixture;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.PlatformValues;
import software.amazon.awssdk.services.ec2.model.VirtualizationType;

class SourceImagesTest {
  private final Verbs bench = new Verbs();

  private static SourceImageSpec byName(String name, boolean mostRecent, boolean deprecated) {
    return SpecFixture.of(
        SourceImageSpec.class,
        "{owners: ['amazon'], filters: {name: ['%s']}, mostRecent: %s, includeDeprecated: %s}"
            .formatted(name, mostRecent, deprecated));
  }

  private static SourceImageSpec byId(String id) {
    return SpecFixture.of(SourceImageSpec.class, "{imageId: '" + id + "'}");
  }

  private SourceImage resolve(SourceImageSpec spec) {
    return bench.verbs.sourceImages().resolve(spec);
  }

  private void add(String id, String name, String created) {
    bench.ec2.images.put(id, FakeEc2.sourceImage(id, name, created));
  }

  private void change(UnaryOperator<Image.Builder> change) {
    bench.ec2.images.put(
        "ami-source", change.apply(bench.ec2.image("ami-source").toBuilder()).build());
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BuildException.class,
            failed -> assertThat(failed.category()).isEqualTo(Category.CONFIGURATION))
        .hasMessageContaining(message);
  }

  @Test
  void findsTheNewestMatch() {
    add("ami-source-old", "debian-12-old", "2020-01-01T00:00:00.000Z");

    SourceImage found = resolve(byName("debian-12*", true, false));

    assertThat(found.imageId()).isEqualTo("ami-source");
    assertThat(found.architecture()).isEqualTo("x86_64");
    assertThat(found.rootDeviceName()).isEqualTo("/dev/xvda");
    assertThat(found.rootSizeGib()).isEqualTo(8);
    assertThat(found.otherDeviceNames()).isEmpty();
  }

  @Test
  void refusesToChooseAmongSeveralUnlessToldTo() {
    add("ami-source-old", "debian-12-old", "2020-01-01T00:00:00.000Z");

    assertRefused(
        () -> resolve(byName("debian-12*", false, false)),
        "2 images match sourceImage (ami-source-old debian-12-old, ami-source debian-12)");
  }

  @Test
  void saysWhatWasLookedForWhenNothingMatches() {
    assertRefused(
        () -> resolve(byName("ubuntu*", true, false)),
        "No image of amazon matches sourceImage.filters (name=ubuntu*)");
  }

  @Test
  void saysSoWhenOnlyDeprecatedOnesMatch() {
    change(image -> image.deprecationTime("2026-01-01T00:00:00Z"));

    assertRefused(
        () -> resolve(byName("debian*", true, false)), "set sourceImage.includeDeprecated");
    assertThat(resolve(byName("debian*", true, true)).deprecationTime())
        .isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void findsAnImageByIdAlsoADeprecatedOne() {
    change(image -> image.deprecationTime("2026-01-01T00:00:00Z"));

    assertThat(resolve(byId("ami-source")).name()).isEqualTo("debian-12");
    assertThatThrownBy(() -> resolve(byId("ami-none")))
        .hasMessageContaining("does not exist, or these credentials may not use it")
        .hasMessageContaining("image IDs differ from region to region");
  }

  @Test
  void namesEverythingThatMakesAnImageUnfit() {
    change(
        image ->
            image
                .state(ImageState.PENDING)
                .rootDeviceType(DeviceType.INSTANCE_STORE)
                .virtualizationType(VirtualizationType.PARAVIRTUAL)
                .platform(PlatformValues.WINDOWS)
                .rootDeviceName(null));

    assertThatThrownBy(() -> resolve(byId("ami-source")))
        .hasMessageContaining("not available")
        .hasMessageContaining("root device is not EBS but instance-store")
        .hasMessageContaining("not hvm but paravirtual")
        .hasMessageContaining("no root device")
        .hasMessageContaining("it is Windows");
  }

  @Test
  void refusesAnEncryptedRootSnapshot() {
    change(image -> image.blockDeviceMappings(device("/dev/xvda", true)));

    assertRefused(() -> resolve(byId("ami-source")), "root snapshot is encrypted");
  }

  @Test
  void knowsTheFurtherVolumes() {
    change(
        image ->
            image.blockDeviceMappings(
                device("/dev/xvda", false),
                device("/dev/sdb", false),
                BlockDeviceMapping.builder()
                    .deviceName("/dev/sdc")
                    .virtualName("ephemeral0")
                    .build()));

    assertThat(resolve(byId("ami-source")).otherDeviceNames()).containsExactly("/dev/sdb");
  }

  private static BlockDeviceMapping device(String name, boolean encrypted) {
    return BlockDeviceMapping.builder()
        .deviceName(name)
        .ebs(EbsBlockDevice.builder().snapshotId("snap-1").encrypted(encrypted).build())
        .build();
  }
}
