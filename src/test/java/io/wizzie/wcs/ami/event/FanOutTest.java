package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutTest {
  private static final BuildEvent EVENT = new BuildEvent.Progress(Instant.EPOCH, "going on");

  private final SteppingClock clock = new SteppingClock();

  @Test
  void passesEventsOnToAllInOrder() {
    Recorder one = new Recorder();
    Recorder two = new Recorder();
    FanOut fanOut = new FanOut(clock, new SecretMask()).add("one", one).add("two", two);

    fanOut.accept(EVENT);
    fanOut.close();

    assertThat(one.heard).containsExactly("going on", "closed");
    assertThat(two.heard).containsExactly("going on", "closed");
  }

  @Test
  void dropsAListenerThatFailsAndWarnsTheOthersOnce() {
    Recorder console = new Recorder();
    Failing log = new Failing();
    FanOut fanOut =
        new FanOut(clock, new SecretMask()).add("The display", console).add("The log", log);

    fanOut.accept(EVENT);
    fanOut.accept(EVENT);
    fanOut.close();

    assertThat(log.calls).isEqualTo(1);
    assertThat(console.heard)
        .containsExactly(
            "going on",
            "The log can't be written any more (No space left on device); the build goes on"
                + " without it.",
            "going on",
            "closed");
  }

  @Test
  void survivesAListenerThatFailsAtTheWarning() {
    Recorder console = new Recorder();
    FanOut fanOut =
        new FanOut(clock, new SecretMask())
            .add("The log", new Failing())
            .add("The display", console)
            .add("The event log", new Failing());

    fanOut.accept(EVENT);

    assertThat(console.heard).hasSize(3).first().isEqualTo("going on");
  }

  @Test
  void tellsTheConsoleOfAFailureToClose() {
    Recorder console = new Recorder();
    Failing log = new Failing();
    FanOut fanOut =
        new FanOut(clock, new SecretMask()).add("The display", console).add("The log", log);

    fanOut.close();
    fanOut.close();

    assertThat(console.heard).hasSize(2).last().isEqualTo("closed");
    assertThat(console.heard.get(0)).startsWith("The log can't be written any more");
  }

  /** Remembers what it hears. */
  private static final class Recorder implements BuildListener {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void accept(BuildEvent event) {
      if (event instanceof BuildEvent.Progress progress) {
        heard.add(progress.message());
      } else if (event instanceof BuildEvent.Warning warning) {
        heard.add(warning.message());
      }
    }

    @Override
    public void close() {
      heard.add("closed");
    }
  }

  /** A file on a full disk. */
  private static final class Failing implements BuildListener {
    private int calls;

    @Override
    public void accept(BuildEvent event) {
      calls++;
      throw new UncheckedIOException(new IOException("No space left on device"));
    }

    @Override
    public void close() {
      throw new UncheckedIOException(new IOException("No space left on device"));
    }
  }
}
