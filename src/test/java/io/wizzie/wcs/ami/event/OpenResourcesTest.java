package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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
}
