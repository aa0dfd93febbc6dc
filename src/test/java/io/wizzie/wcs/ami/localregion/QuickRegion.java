package io.wizzie.wcs.ami.localregion;

import io.wizzie.wcs.ami.localregion.model.AccessKey;
import io.wizzie.wcs.ami.localregion.model.Policy;
import io.wizzie.wcs.ami.localregion.model.RegionTimings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A local region for tests in other packages: guests are entries of a map, and its time stands
 * still unless it is told to go on.
 */
public final class QuickRegion implements AutoCloseable {
  private static final Duration DELAY = Duration.ofSeconds(10);

  private final TestClock clock = new TestClock();
  private final LocalRegion region;

  private QuickRegion(Path stateFolder) {
    region =
        new LocalRegion(
            stateFolder,
            0,
            new FakeGuestEngine(FakeGuestEngine.BASE.imageRef()),
            clock,
            new RegionTimings(DELAY, DELAY, DELAY, DELAY, DELAY, DELAY, DELAY, Duration.ofHours(1)),
            FakeGuestEngine.BASE,
            Policy.ofTheProject(),
            Runnable::run,
            () -> {});
  }

  /** Opens a region whose state is kept in the folder. */
  public static QuickRegion open(Path stateFolder) {
    return new QuickRegion(stateFolder);
  }

  public URI endpoint() {
    return region.endpoint();
  }

  public AccessKey accessKey() {
    return region.accessKey();
  }

  /** Enough time passes for whatever is under way. */
  public void later() {
    clock.advance(DELAY);
  }

  public void reset() {
    region.reset();
  }

  @Override
  public void close() {
    region.close();
  }
}
