package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.cli.command.LocalRegions.OpenRegion;
import io.wizzie.wcs.ami.cli.command.Parts.Region;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.BuildEnd;
import io.wizzie.wcs.ami.cli.report.Invocation;
import io.wizzie.wcs.ami.cli.report.RegionWork;
import io.wizzie.wcs.ami.cli.report.ResultReporter;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.cli.terminal.InterruptGuard;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.FailureText;
import io.wizzie.wcs.ami.event.OpenResources;
import io.wizzie.wcs.ami.event.Verbosity;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Work in a region, such as a build, from its first event to the reporter of its result. */
final class BuildRun {
  private final CommandContext context;
  private final RegionTarget target;
  private final Path outputFolder;
  private final Path folder;
  private final String remedy;
  private final Function<Path, BuildLogs> open;
  private final Work work;

  /**
   * @param where the options that lead another command to the same region
   */
  BuildRun(CommandContext context, RegionTarget target, BuildId id, List<String> where, Work work) {
    this(context, target, id, where, BuildLogs::create, work);
  }

  private BuildRun(
      CommandContext context,
      RegionTarget target,
      BuildId id,
      List<String> where,
      Function<Path, BuildLogs> open,
      Work work) {
    this.open = open;
    this.context = context;
    this.target = target;
    this.remedy = remedy(id, where);
    this.outputFolder = context.environment().resolve(Path.of("output"));
    this.folder = outputFolder.resolve(id.value());
    this.work = work;
  }

  /** Work that was begun before, in whose folder it goes on. */
  static BuildRun again(
      CommandContext context, RegionTarget target, BuildId id, List<String> where, Work work) {
    return new BuildRun(context, target, id, where, BuildLogs::reopen, work);
  }

  /** What is done. */
  interface Work {
    BuildOutcome run(Region region, Path outputFolder, Consumer<BuildEvent> events);
  }

  /** The folder that logs and results go to. */
  Path folder() {
    return folder;
  }

  /** The command that removes whatever this should leave. */
  String remedy() {
    return remedy;
  }

  private static String remedy(BuildId id, List<String> where) {
    return remedy(id.value(), where);
  }

  /**
   * The command that removes whatever a build has left.
   *
   * @param where the options that lead it to the build's region
   */
  static String remedy(String buildId, List<String> where) {
    return Invocation.of(List.of("clean", "--build", buildId), where);
  }

  /**
   * Runs and reports it. Throws only what happens before the build was begun.
   *
   * @param subject the ID of the image that is looked at; of a build, empty
   * @param stateFolder of the local region, should that be meant
   */
  ExitCode run(RegionWork reported, String subject, Path stateFolder) {
    ResultReporter reporter = new ResultReporter(context.output(), reported, subject);
    Verbosity verbosity = reported.verbosity();
    BuildEnd end =
        target.servedHere()
            ? inLocalRegion(stateFolder, verbosity, reporter)
            : inRegion(verbosity, reporter);
    context.interrupts().workIsOver();
    return reporter.report(end);
  }

  private BuildEnd inRegion(Verbosity verbosity, ResultReporter reporter) {
    // Before anything is written: without credentials there is nothing to tell of.
    try (Region region = context.parts().get().connect(target)) {
      BuildLogs folder = openFolder();
      try (ConsoleSession console = openConsole(verbosity, folder)) {
        return build(region, console, folder, reporter);
      }
    }
  }

  /** The region is served by this process for as long as the build takes. */
  private BuildEnd inLocalRegion(Path stateFolder, Verbosity verbosity, ResultReporter reporter) {
    BuildLogs folder = openFolder();
    try (ConsoleSession console = openConsole(verbosity, folder)) {
      OpenRegion local =
          console.stage(
              "region",
              "Open the local region",
              progress -> context.parts().get().local().open(stateFolder, 0, progress),
              opened -> opened.endpoint().toString());
      try {
        try (Region region =
            context
                .parts()
                .get()
                .connect(target.servedAt(local.endpoint(), local.accessKey(), stateFolder))) {
          return build(region, console, folder, reporter);
        }
      } finally {
        close(local, console);
      }
    }
  }

  private BuildEnd build(
      Region region, ConsoleSession console, BuildLogs folder, ResultReporter reporter) {
    OpenResources open = new OpenResources();
    console.add("The list of resources", open);
    context.interrupts().reactWith(new Stop(region, console, open, reporter));
    BuildEnd end;
    try {
      BuildOutcome outcome = work.run(region, outputFolder, console.events());
      end = BuildEnd.of(outcome, context.interrupts().interrupted());
    } catch (RuntimeException e) {
      end =
          BuildEnd.brokenOff(
              e, context.interrupts().interrupted(), left(region, open, "the build broke off"));
    }
    end = open.keptImage().map(end::keeping).orElse(end);
    context.interrupts().closing();
    if (end.failure() != null) {
      record(end.failure(), folder, console);
    }
    return end;
  }

  /** What the second Ctrl-C does: stop in mid-cleanup, but not without a word. */
  private record Stop(
      Region region, ConsoleSession console, OpenResources open, ResultReporter reporter)
      implements InterruptGuard.Reaction {
    @Override
    public boolean first() {
      console.warn(
          "Interrupted; cleaning up. Interrupt again to stop at once and leave the rest behind.");
      return true;
    }

    @Override
    public ExitCode second() {
      // Closed first, or its next redraw would wipe out what is said now.
      console.close();
      return reporter.report(
          BuildEnd.stopped(
              left(region, open, "stopped before it could be removed"),
              open.keptImage().orElse(null)));
    }
  }

  private static List<Leftover> left(Region region, OpenResources open, String reason) {
    return open.newestFirst().stream()
        .map(resource -> new Leftover(resource, reason, region.removal(resource)))
        .toList();
  }

  private BuildLogs openFolder() {
    return open.apply(folder);
  }

  private ConsoleSession openConsole(Verbosity verbosity, BuildLogs folder) {
    ConsoleSession console = ConsoleSession.open(context, verbosity);
    console.add("The log " + folder.logFile(), folder.log());
    console.add("The event log beside it", folder.events());
    return console;
  }

  private void record(RuntimeException failure, BuildLogs folder, ConsoleSession console) {
    Throwable shown = context.mask().cause(failure);
    if (shown == null) {
      return;
    }
    try {
      folder.log().failure(context.environment().clock().instant(), shown);
    } catch (UncheckedIOException e) {
      console.warn("The log lacks the failure's stack trace: " + FailureText.of(e));
    }
  }

  /** The image is made by now: a region that fails to shut down must not hide it. */
  private static void close(OpenRegion local, ConsoleSession console) {
    try {
      local.close();
    } catch (RuntimeException e) {
      console.warn("The local region failed to shut down: " + e.getMessage());
    }
  }
}
