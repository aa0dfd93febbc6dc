package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.Output;
import io.wizzie.wcs.ami.cli.terminal.Environment;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.BuildListener;
import io.wizzie.wcs.ami.event.FanOut;
import io.wizzie.wcs.ami.event.LiveConsoleListener;
import io.wizzie.wcs.ami.event.PlainConsoleListener;
import io.wizzie.wcs.ami.event.Verbosity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The listeners of one command: the console that fits where stderr goes, and those added to it.
 * From its opening to its closing nothing else writes to stderr.
 */
final class ConsoleSession implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Clock clock;
  private final FanOut listeners;
  private final Environment.Registration ticking;

  private ConsoleSession(Clock clock, FanOut listeners, Environment.Registration ticking) {
    this.clock = clock;
    this.listeners = listeners;
    this.ticking = ticking;
  }

  static ConsoleSession open(Output output, Verbosity verbosity) {
    Environment environment = output.environment();
    Clock clock = environment.clock();
    FanOut listeners = new FanOut(clock, output.mask());
    if (environment.redraws(Environment.Stream.STDERR)) {
      LiveConsoleListener console =
          new LiveConsoleListener(
              output.messages().stream(),
              verbosity,
              output.messages().style(),
              environment::columns,
              clock);
      listeners.add("The display", console);
      return new ConsoleSession(
          clock, listeners, environment.ticker().every(REDRAW, console::tick));
    }
    PlainConsoleListener console =
        new PlainConsoleListener(output.messages().stream(), verbosity, clock);
    listeners.add("The display", console);
    return new ConsoleSession(clock, listeners, environment.ticker().every(LOOK, console::tick));
  }

  void add(String name, BuildListener listener) {
    listeners.add(name, listener);
  }

  Consumer<BuildEvent> events() {
    return listeners;
  }

  void warn(String message) {
    listeners.accept(new BuildEvent.Warning(clock.instant(), message));
  }

  /**
   * Does something as a stage of its own.
   *
   * @param body gets where to tell its progress, and returns what the stage yields
   * @param result one line on what was yielded
   */
  <T> T stage(
      String name, String title, Function<Consumer<String>, T> body, Function<T, String> result) {
    Instant started = clock.instant();
    listeners.accept(new BuildEvent.StageStarted(started, name, title));
    T value;
    try {
      value = body.apply(line -> listeners.accept(new BuildEvent.Progress(clock.instant(), line)));
    } catch (RuntimeException e) {
      Instant now = clock.instant();
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      listeners.accept(
          new BuildEvent.StageFailed(now, name, message, Duration.between(started, now)));
      throw e;
    }
    Instant now = clock.instant();
    listeners.accept(
        new BuildEvent.StageFinished(
            now, name, result.apply(value), Duration.between(started, now)));
    return value;
  }

  @Override
  public void close() {
    ticking.close();
    listeners.close();
  }
}
