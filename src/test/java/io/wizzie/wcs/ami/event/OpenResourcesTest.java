package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenResourcesTest {
  @Test
  void knowsWhatIsCreatedAndNotYetRemovedNewestFirst() {
    OpenResources open = new OpenResources();
    open.accept(new BuildEvent.ResourceCreated(Instant.EPOCH, "key pair", "wcs-1"));
    open.accept(new BuildEvent.ResourceCreated(Instant.EPOCH, "security group", "sg-1"));
    open.accept(new BuildEvent.ResourceCreated(Instant.EPOCH, "instance", "i-1"));
    open.accept(new BuildEvent.ResourceRemoved(Instant.EPOCH, "security group", "sg-1"));

    assertThat(open.newestFirst())
        .containsExactly(
            new OpenResources.Resource("instance", "i-1"),
            new OpenResources.Resource("key pair", "wcs-1"));
  }

  @Test
  void namesTheImageBeforeTheSnapshotThatItHolds() {
    OpenResources open = new OpenResources();
    open.accept(new BuildEvent.ResourceCreated(Instant.EPOCH, "instance", "i-1"));
    open.accept(new BuildEvent.ResourceCreated(Instant.EPOCH, "image", "ami-1"));
    open.accept(new BuildEvent.ResourceCreated(Instant.EPOCH, "snapshot", "snap-1"));

    assertThat(open.newestFirst())
        .extracting(OpenResources.Resource::id)
        .containsExactly("ami-1", "snap-1", "i-1");
  }

  @Test
  void neverNamesAFinishedImage() {
    OpenResources open = new OpenResources();
    open.accept(new BuildEvent.ResourceCreated(Instant.EPOCH, "instance", "i-1"));
    open.accept(new BuildEvent.ResourceCreated(Instant.EPOCH, "image", "ami-1"));
    open.accept(new BuildEvent.ResourceCreated(Instant.EPOCH, "snapshot", "snap-1"));
    assertThat(open.keptImage()).isEmpty();
    open.accept(new BuildEvent.ImageKept(Instant.EPOCH, "ami-1", List.of("snap-1")));

    assertThat(open.newestFirst()).extracting(OpenResources.Resource::id).containsExactly("i-1");
    assertThat(open.keptImage()).contains("ami-1");
  }
}
