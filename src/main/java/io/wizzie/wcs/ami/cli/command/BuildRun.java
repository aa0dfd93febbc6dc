package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.command.LocalRegions.OpenRegion;
import io.wizzie.wcs.ami.cli.command.Parts.Region;
import io.wizzie.wcs.ami.cli.option.AccessOptions;
import io.wizzie.wcs.ami.cli.option.RegionTarget;
import io.wizzie.wcs.ami.cli.report.BuildEnd;
import io.wizzie.wcs.ami.cli.report.Invocation;
import io.wizzie.wcs.ami.cli.report.RegionWork;
import io.wizzie.wcs.ami.cli.report.ResultReporter;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.cli.terminal.InterruptGuard;
import io.wizzie.wcs.ami.event.FailureText;
import io.wizzie.wcs.ami.event.OpenResources;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Work in a region, such as a build, from its first event to the reporter of its result. */
final class BuildRun {
  private final WorkCommand command;
  private final AccessOptions where;
  private final RegionTarget target;
  private final RegionJob job;
  private final RegionWork work;
  private final ResultReporter reporter;

  private BuildRun(
      WorkCommand command,
      AccessOptions where,
      RegionTarget target,
      RegionJob job,
      RegionWork work) {
    this.command = command;
    this.where = where;
    this.target = target;
    this.job = job;
    this.work = work;
    this.reporter = new ResultReporter(command.output(), work);
  }

  /**
   * Runs and reports a job. Throws only what happens before it was begun.
   *
   * @param advice one line on what to do when it fails; null when there is none
   */
  static ExitCode of(
      WorkCommand command,
      AccessOptions where,
      RegionTarget target,
      RegionJob job,
      RegionWork.Format format,
      @Nullable String advice) {
    String id = job.options().buildId().value();
    RegionWork work =
        new RegionWork(
            job.name(),
            job.subject(),
            command.outputFolder().resolve(id),
            remedy(id, where.words(target.name(), command.environment())),
            advice,
            job.options().manifest(),
            format,
            command.verbosity());
    return new BuildRun(command, where, target, job, work).run();
  }

  /**
   * The command that removes whatever a build has left.
   *
   * @param where the options that lead it to the build's region
   */
  static String remedy(String buildId, List<String> where) {
    return Invocation.of(List.of("clean", "--build", buildId), where);
  }

  private ExitCode run() {
    BuildEnd end;
    try {
      end = target.servedHere() ? inLocalRegion() : inRegion();
    } catch (RuntimeException unbegun) {
      if (command.output().interrupts().interrupted()) {
        command.output().messages().note("Interrupted before anything was done.");
      }
      throw unbegun;
    }
    command.output().interrupts().workIsOver();
    return reporter.report(end);
  }

  private BuildEnd inRegion() {
    // Before anything is written: without credentials there is nothing to tell of.
    try (Region region = command.parts().connect(target)) {
      BuildLogs folder = openFolder();
      try (ConsoleSession console = openConsole(folder)) {
        return build(region, console, folder);
      }
    }
  }

  /** The region is served by this process for as long as the build takes. */
  private BuildEnd inLocalRegion() {
    Path stateFolder = where.stateFolder(command.environment());
    BuildLogs folder = openFolder();
    try (ConsoleSession console = openConsole(folder)) {
      OpenRegion local =
          console.stage(
              "region",
              "Open the local region",
              progress -> command.parts().local().open(stateFolder, 0, progress),
              opened -> opened.endpoint().toString());
      try {
        try (Region region =
            command
                .parts()
                .connect(target.servedAt(local.endpoint(), local.accessKey(), stateFolder))) {
          return build(region, console, folder);
        }
      } finally {
        close(local, console);
      }
    }
  }

  private BuildEnd build(Region region, ConsoleSession console, BuildLogs folder) {
    OpenResources open = new OpenResources();
    console.add("The list of resources", open);
    command.output().interrupts().reactWith(new Stop(region, console, open, reporter));
    BuildEnd end;
    try {
      BuildOutcome outcome =
          region.run(job, Objects.requireNonNull(work.folder().getParent()), console.events());
      end = BuildEnd.of(outcome, command.output().interrupts().interrupted());
    } catch (RuntimeException e) {
      end =
          BuildEnd.brokenOff(
              e,
              command.output().interrupts().interrupted(),
              left(region, open, "the build broke off"));
    }
    end = open.keptImage().map(end::keeping).orElse(end);
    command.output().interrupts().closing();
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
    return job instanceof RegionJob.Resume
        ? BuildLogs.reopen(work.folder())
        : BuildLogs.create(work.folder());
  }

  private ConsoleSession openConsole(BuildLogs folder) {
    ConsoleSession console = ConsoleSession.open(command.output(), work.verbosity());
    console.add("The log " + folder.logFile(), folder.log());
    console.add("The event log beside it", folder.events());
    return console;
  }

  private void record(RuntimeException failure, BuildLogs folder, ConsoleSession console) {
    Throwable shown = command.output().mask().cause(failure);
    if (shown == null) {
      return;
    }
    try {
      folder.log().failure(command.environment().clock().instant(), shown);
    } catch (UncheckedIOException e) {
      console.warn("The log lacks the failure's stack trace: " + FailureText.of(e));
    }
  }

  /** The image is made by now: a region that fails to shut down must not hide it. */
  private static void close(OpenRegion local, ConsoleSession console) {
    try {
      local.closing().accept(console::warn);
    } catch (RuntimeException e) {
      console.warn("The local region failed to shut down: " + e.getMessage());
    }
  }
}
