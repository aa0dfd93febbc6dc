package io.wizzie.wcs.ami.event;

import io.wizzie.wcs.ami.base.DurationText;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/**
 * Shows a build on a terminal: finished stages scroll up as lines that stay, and below them the
 * running stages with their time and the guest's current line are redrawn in place.
 *
 * <p>Events only change what is to be shown; {@link #tick} draws it. So a guest that prints a
 * thousand lines a second costs ten redraws, and the clock ticks while nothing happens. What is
 * left behind is not shown here: the command lists it last, with the commands that remove it.
 */
public final class LiveConsoleListener implements BuildListener {
  private static final int TIME_COLUMNS = 7;
  private static final int DETAIL_INDENT = TIME_COLUMNS + 2;

  /** Where no title fits, lines that stay must do: a live one that wraps can't be taken back. */
  private static final int NARROWEST = 16;

  private final PrintStream out;
  private final Verbosity verbosity;
  private final ConsoleStyle style;
  private final IntSupplier columns;
  private final Clock clock;
  private final ActiveStages stages = new ActiveStages();
  private final List<String> pending = new ArrayList<>();
  private String detail = "";
  private int liveLines;
  private List<String> drawn = List.of();
  private boolean failed;
  private boolean closed;

  /**
   * @param columns the terminal's present width
   */
  public LiveConsoleListener(
      PrintStream out, Verbosity verbosity, ConsoleStyle style, IntSupplier columns, Clock clock) {
    this.out = out;
    this.verbosity = verbosity;
    this.style = style;
    this.columns = columns;
    this.clock = clock;
  }

  @Override
  public synchronized void accept(BuildEvent event) {
    if (event instanceof BuildEvent.StageStarted started) {
      stages.started(started);
      detail = "";
    } else if (event instanceof BuildEvent.StageFinished finished) {
      finished(finished, plain(stages.ended(finished.name())));
      forgetDetail();
    } else if (event instanceof BuildEvent.StageFailed failure) {
      String title = stages.ended(failure.name());
      forgetDetail();
      failed = true;
      pending.add(time(failure.elapsed()) + style.bad(style.failedMark() + " " + plain(title)));
      FailureText.plain(failure.message())
          .lines()
          .findFirst()
          .ifPresent(line -> keepIndented("", line, style::bad));
    } else if (event instanceof BuildEvent.Progress progress) {
      detail = plain(progress.message());
      keepWhenVerbose(detail);
    } else if (event instanceof BuildEvent.GuestOutput output) {
      // A blank line between Chef's blocks would only make the display flicker.
      String line = plain(output.line());
      detail = line.isBlank() ? detail : line.strip();
      keepWhenVerbose(output.source() + style.bar() + " " + line);
    } else if (event instanceof BuildEvent.Warning warning) {
      FailureText.plain(warning.message())
          .lines()
          .forEach(line -> keepIndented("! ", line, style::caution));
    } else if (event instanceof BuildEvent.ResourceCreated created) {
      detail = "created " + created.resource();
      keepWhenVerbose(detail);
    } else if (event instanceof BuildEvent.ResourceRemoved removed) {
      removed(removed);
    }
    if (!pending.isEmpty()) {
      draw();
    }
  }

  /** Draws what changed; called about ten times a second. */
  public synchronized void tick() {
    if (!closed) {
      draw();
    }
  }

  /** Takes the live lines away and leaves those that stay. */
  @Override
  public synchronized void close() {
    closed = true;
    draw();
  }

  /** What the last of the running stages said is over; another's may well be what is shown. */
  private void forgetDetail() {
    if (stages.newest() == null) {
      detail = "";
    }
  }

  /**
   * What went is news only after a failure or an interrupt; else the stage's result says enough.
   */
  private void removed(BuildEvent.ResourceRemoved removed) {
    detail = "removed " + removed.resource();
    if (failed && verbosity != Verbosity.QUIET) {
      keepIndented("", detail, style::dim);
    } else {
      keepWhenVerbose(detail);
    }
  }

  private void draw() {
    List<String> live = closed ? List.of() : liveLines();
    if (pending.isEmpty() && live.equals(drawn)) {
      return;
    }
    StringBuilder frame = new StringBuilder();
    if (liveLines > 0) {
      frame.append("\u001b[").append(liveLines).append("A\r\u001b[J");
    }
    pending.forEach(line -> frame.append(line).append('\n'));
    live.forEach(line -> frame.append(line).append('\n'));
    pending.clear();
    drawn = live;
    liveLines = live.size();
    // One write per frame: several would show the terminal in between.
    out.print(frame);
    out.flush();
  }

  private List<String> liveLines() {
    // The last column stays free, because some terminals wrap when it is written.
    int width = columns.getAsInt() - 1;
    if (verbosity == Verbosity.QUIET || width < NARROWEST) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    for (BuildEvent.StageStarted stage : stages.inOrder()) {
      String title =
          LineText.fit(plain(stage.title()), width - DETAIL_INDENT - 2, style.ellipsis());
      Duration since = Duration.between(stage.at(), clock.instant());
      String time = pad(DurationText.running(since));
      lines.add(style.dim(time) + "  " + style.active(style.activeMark()) + " " + title);
    }
    if (!detail.isEmpty()) {
      String text = LineText.fit(detail, width - DETAIL_INDENT - 2, style.ellipsis());
      lines.add(" ".repeat(DETAIL_INDENT) + style.dim(style.bar() + " " + text));
    }
    return lines;
  }

  /** The result goes beside the title, or, where there is no room for it, below. */
  private void finished(BuildEvent.StageFinished stage, String title) {
    if (verbosity == Verbosity.QUIET) {
      return;
    }
    String head = time(stage.elapsed()) + style.ok(style.doneMark()) + " " + title;
    String result = plain(stage.result());
    int used = DETAIL_INDENT + 2 + LineText.columnsOf(title) + 2 + LineText.columnsOf(result);
    if (result.isEmpty() || used < columns.getAsInt()) {
      pending.add(head + (result.isEmpty() ? "" : "  " + style.dim(result)));
    } else {
      pending.add(head);
      keepIndented("  ", result, style::dim);
    }
  }

  /**
   * Keeps a text for good, wrapped and indented.
   *
   * @param mark before its first line; the others are indented by as much
   */
  private void keepIndented(String mark, String text, UnaryOperator<String> paint) {
    int width = columns.getAsInt() - 1 - DETAIL_INDENT - mark.length();
    String before = mark;
    for (String line : LineText.wrap(plain(text), Math.max(width, NARROWEST))) {
      pending.add(" ".repeat(DETAIL_INDENT) + paint.apply(before + line));
      before = " ".repeat(mark.length());
    }
  }

  private void keepWhenVerbose(String text) {
    if (verbosity == Verbosity.VERBOSE) {
      // Not wrapped: what the guest prints keeps its own form.
      pending.add(" ".repeat(DETAIL_INDENT) + style.dim(text));
    }
  }

  private String time(Duration elapsed) {
    return style.dim(pad(DurationText.elapsed(elapsed))) + "  ";
  }

  private static String pad(String time) {
    return " ".repeat(Math.max(0, TIME_COLUMNS - time.length())) + time;
  }

  private static String plain(String text) {
    return LineText.plain(text);
  }
}
