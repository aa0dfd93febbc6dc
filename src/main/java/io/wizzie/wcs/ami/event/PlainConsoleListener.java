package io.wizzie.wcs.ami.event;

import io.wizzie.wcs.ami.base.DurationText;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Prints a build as plain lines with a time stamp, for a pipe, a file or a CI job. Nothing is ever
 * redrawn; a long silence is broken by a line that says what is still running. What is left behind
 * is not shown here: the command lists it last, with the commands that remove it.
 */
public final class PlainConsoleListener implements BuildListener {
  /** Silence after which a sign of life is printed; people take longer silence for a hang. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private final PrintStream out;
  private final Verbosity verbosity;
  private final Clock clock;
  private final ActiveStages stages = new ActiveStages();
  private final ChefNews chef = new ChefNews();
  private Instant lastPrinted;
  private String lastProgress = "";
  private String lastDetail = "";

  public PlainConsoleListener(PrintStream out, Verbosity verbosity, Clock clock) {
    this.out = out;
    this.verbosity = verbosity;
    this.clock = clock;
    this.lastPrinted = clock.instant();
  }

  @Override
  public synchronized void accept(BuildEvent event) {
    if (event instanceof BuildEvent.StageStarted started) {
      stages.started(started);
      lastDetail = "";
      normal(started.at(), started.name() + ": " + started.title());
    } else if (event instanceof BuildEvent.StageFinished finished) {
      stages.ended(finished.name());
      String result = finished.result().isEmpty() ? "" : ": " + finished.result();
      normal(
          finished.at(),
          finished.name() + ": done in " + DurationText.elapsed(finished.elapsed()) + result);
    } else if (event instanceof BuildEvent.StageFailed failed) {
      stages.ended(failed.name());
      print(
          failed.at(),
          failed.name()
              + ": failed after "
              + DurationText.elapsed(failed.elapsed())
              + ": "
              + FailureText.plain(firstLine(failed.message())));
    } else if (event instanceof BuildEvent.Progress progress) {
      progress(progress);
    } else if (event instanceof BuildEvent.GuestOutput output) {
      guest(output);
    } else if (event instanceof BuildEvent.Warning warning) {
      print(warning.at(), "warning: " + FailureText.plain(warning.message()));
    } else if (event instanceof BuildEvent.ResourceCreated created) {
      verbose(created.at(), "created " + created.resource());
    } else if (event instanceof BuildEvent.ResourceRemoved removed) {
      normal(removed.at(), "removed " + removed.resource());
    }
  }

  /** Prints what is still running when nothing was printed for long; called every second or so. */
  public synchronized void tick() {
    BuildEvent.StageStarted stage = stages.newest();
    Instant now = clock.instant();
    if (stage == null
        || verbosity == Verbosity.QUIET
        || Duration.between(lastPrinted, now).compareTo(SILENCE) < 0) {
      return;
    }
    String running = DurationText.running(Duration.between(stage.at(), now));
    String detail = LineText.plain(lastDetail).strip();
    print(
        now,
        stage.name()
            + ": still running after "
            + running
            + (detail.isEmpty() ? "" : ": " + LineText.fit(detail, 100, "~")));
  }

  @Override
  public void close() {}

  /**
   * Of Chef's output only where it is and what it changes: most resources are as they should be.
   */
  private void guest(BuildEvent.GuestOutput output) {
    lastDetail = output.line();
    if (verbosity == Verbosity.VERBOSE) {
      print(output.at(), output.source() + "| " + output.line());
    } else if (output.source().equals(ChefNews.SOURCE)) {
      chef.after(output.line()).forEach(line -> normal(output.at(), output.source() + "| " + line));
    }
  }

  /** A waiting stage says the same at every poll; once is enough. */
  private void progress(BuildEvent.Progress progress) {
    lastDetail = progress.message();
    BuildEvent.StageStarted stage = stages.newest();
    String line = (stage == null ? "" : stage.name() + ": ") + progress.message();
    if (!line.equals(lastProgress)) {
      lastProgress = line;
      normal(progress.at(), line);
    }
  }

  private void normal(Instant at, String text) {
    if (verbosity != Verbosity.QUIET) {
      print(at, text);
    }
  }

  private void verbose(Instant at, String text) {
    if (verbosity == Verbosity.VERBOSE) {
      print(at, text);
    }
  }

  private void print(Instant at, String text) {
    lastPrinted = clock.instant();
    for (String line : LineText.lines(text)) {
      out.println(at.truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }
    out.flush();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
