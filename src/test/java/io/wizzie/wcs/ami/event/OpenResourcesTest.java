package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenResourcesTest {
  @Test
  void knowsWhatIsCreatedAndNotYetRemovedNewestFirst() {
    OpenResources open = new OpenResources();
    open.accept(
        new BuildEvent.ResourceCreated(
            Instant.EPOCH, new ResourceId("eu-west-1", ResourceKind.KEY_PAIR, "wcs-1")));
    open.accept(
        new BuildEvent.ResourceCreated(
            Instant.EPOCH, new ResourceId("eu-west-1", ResourceKind.SECURITY_GROUP, "sg-1")));
    open.accept(
        new BuildEvent.ResourceCreated(
            Instant.EPOCH, new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1")));
    open.accept(
        new BuildEvent.ResourceRemoved(
            Instant.EPOCH, new ResourceId("eu-west-1", ResourceKind.SECURITY_GROUP, "sg-1")));

    assertThat(open.newestFirst())
        .containsExactly(
            new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1"),
            new ResourceId("eu-west-1", ResourceKind.KEY_PAIR, "wcs-1"));
  }

  @Test
  void namesTheImageBeforeTheSnapshotThatItHolds() {
    OpenResources open = new OpenResources();
    open.accept(
        new BuildEvent.ResourceCreated(
            Instant.EPOCH, new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1")));
    open.accept(
        new BuildEvent.ResourceCreated(
            Instant.EPOCH, new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-1")));
    open.accept(
        new BuildEvent.ResourceCreated(
            Instant.EPOCH, new ResourceId("eu-west-1", ResourceKind.SNAPSHOT, "snap-1")));

    assertThat(open.newestFirst())
        .extracting(ResourceId::id)
        .containsExactly("ami-1", "snap-1", "i-1");
  }

  @Test
  void neverNamesAFinishedImage() {
    OpenResources open = new OpenResources();
    open.accept(
        new BuildEvent.ResourceCreated(
            Instant.EPOCH, new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1")));
    open.accept(
        new BuildEvent.ResourceCreated(
            Instant.EPOCH, new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-1")));
    open.accept(
        new BuildEvent.ResourceCreated(
            Instant.EPOCH, new ResourceId("eu-west-1", ResourceKind.SNAPSHOT, "snap-1")));
    assertThat(open.keptImage()).isEmpty();
    open.accept(new BuildEvent.ImageKept(Instant.EPOCH, "ami-1", List.of("snap-1")));

    assertThat(open.newestFirst()).extracting(ResourceId::id).containsExactly("i-1");
    assertThat(open.keptImage()).contains("ami-1");
  }
}
