package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.event.BuildEvent.StageFailed;
import io.wizzie.wcs.ami.event.BuildEvent.StageFinished;
import io.wizzie.wcs.ami.event.BuildEvent.StageStarted;
import io.wizzie.wcs.ami.pipeline.result.BuildResult.StageTiming;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Runs stages: tells when each begins and ends, and keeps how long it took. */
final class Stages {
  private final Clock clock;
  private final EventStream events;
  private final List<StageTiming> timings;

  /**
   * @param earlier stages that were run before a crash
   */
  Stages(Clock clock, EventStream events, List<StageTiming> earlier) {
    this.clock = clock;
    this.events = events;
    this.timings = new ArrayList<>(earlier);
  }

  /**
   * Runs a stage, unless the build was interrupted before it.
   *
   * @param summary makes the line that says what the stage yielded
   */
  <T> T run(Stage stage, Supplier<T> work, Function<T, String> summary) {
    if (Thread.currentThread().isInterrupted()) {
      throw BuildException.interrupted("about to begin stage " + stage.id(), null);
    }
    events.requireHeard();
    return runAlways(stage, work, summary, result -> true);
  }

  /**
   * Runs a stage that an interrupt must not keep from running.
   *
   * @param good whether the stage has done what it should
   */
  <T> T runAlways(Stage stage, Supplier<T> work, Function<T, String> summary, Predicate<T> good) {
    Instant begin = clock.instant();
    events.accept(new StageStarted(begin, stage.id(), stage.title()));
    try {
      T result = work.get();
      String line = summary.apply(result);
      Duration took = took(stage, begin);
      events.accept(
          good.test(result)
              ? new StageFinished(clock.instant(), stage.id(), line, took)
              : new StageFailed(clock.instant(), stage.id(), line, took));
      return result;
    } catch (RuntimeException | Error failed) {
      events.accept(
          new StageFailed(clock.instant(), stage.id(), inShort(failed), took(stage, begin)));
      throw failed;
    }
  }

  /** The interrupt is told in full by who ends the build. */
  private static String inShort(Throwable failed) {
    return failed instanceof BuildException known && known.category() == Category.INTERRUPTED
        ? "interrupted"
        : Failures.firstLine(failed);
  }

  /** Starts a stage beside the ones that follow. */
  <T> Background<T> start(Stage stage, Supplier<T> work, Function<T, String> summary) {
    return new Background<>(stage.id(), () -> run(stage, work, summary));
  }

  /** In the order in which the stages began. */
  synchronized List<StageTiming> timings() {
    return timings.stream().sorted(Comparator.comparing(StageTiming::startedAt)).toList();
  }

  private synchronized Duration took(Stage stage, Instant begin) {
    Duration elapsed = Duration.between(begin, clock.instant());
    timings.add(new StageTiming(stage.id(), begin, elapsed));
    return elapsed;
  }
}
