package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.audit.ReportDocument;
import io.wizzie.wcs.ami.audit.SarifDocument;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.build.AuditOutcome;
import io.wizzie.wcs.ami.build.BuildOptions;
import io.wizzie.wcs.ami.build.Leftover;
import io.wizzie.wcs.ami.cli.command.LocalRegions.OpenRegion;
import io.wizzie.wcs.ami.cli.command.Parts.Region;
import io.wizzie.wcs.ami.cli.command.Parts.RegionTarget;
import io.wizzie.wcs.ami.cli.output.AuditTable;
import io.wizzie.wcs.ami.cli.output.FailureDocument;
import io.wizzie.wcs.ami.cli.output.ToolVersion;
import io.wizzie.wcs.ami.event.OpenResources;
import io.wizzie.wcs.ami.event.Verbosity;
import io.wizzie.wcs.ami.spec.BuildSpec;
import java.nio.file.Path;
import java.util.List;

/** One audit from its first event to the telling of its findings. */
final class AuditRun {
  private final CommandContext context;
  private final BuildSpec spec;
  private final RegionTarget target;
  private final BuildOptions options;
  private final String imageId;
  private final Path outputFolder;

  AuditRun(
      CommandContext context,
      BuildSpec spec,
      RegionTarget target,
      BuildOptions options,
      String imageId) {
    this.context = context;
    this.spec = spec;
    this.target = target;
    this.options = options;
    this.imageId = imageId;
    this.outputFolder = context.environment().resolve(Path.of("output"));
  }

  /**
   * Runs and tells it. Throws only what happens before the audit was begun.
   *
   * @param stateFolder of the local region, should that be meant
   */
  ExitCode run(AuditCommand.Format format, Verbosity verbosity, Path stateFolder) {
    boolean inProcess = target.name().equals(LocalRegions.NAME) && target.endpoint() == null;
    AuditOutcome outcome = inProcess ? inLocalRegion(stateFolder, verbosity) : inRegion(verbosity);
    return tell(outcome, format, verbosity);
  }

  private AuditOutcome inRegion(Verbosity verbosity) {
    // Before anything is written: without credentials there is nothing to tell of.
    try (Region region = context.parts().get().connect(target);
        ConsoleSession console = openConsole(verbosity)) {
      return audit(region, console);
    }
  }

  /** The region is served by this process for as long as the audit takes. */
  private AuditOutcome inLocalRegion(Path stateFolder, Verbosity verbosity) {
    try (ConsoleSession console = openConsole(verbosity)) {
      try (OpenRegion local =
              console.stage(
                  "region",
                  "Open the local region",
                  progress -> context.parts().get().local().open(stateFolder, 0, progress),
                  opened -> opened.endpoint().toString());
          Region region =
              context
                  .parts()
                  .get()
                  .connect(
                      new RegionTarget(
                          target.name(),
                          target.profile(),
                          local.endpoint(),
                          target.anyCredentials()))) {
        return audit(region, console);
      }
    }
  }

  private AuditOutcome audit(Region region, ConsoleSession console) {
    OpenResources open = new OpenResources();
    console.add("The list of resources", open);
    context.interrupts().reactWith(new Stop(region, console, open));
    AuditOutcome outcome = region.audit(spec, options, imageId, outputFolder, console.events());
    context.interrupts().workIsOver();
    return outcome;
  }

  /** What the second Ctrl-C does: stop in mid-cleanup, but not without a word. */
  private final class Stop implements InterruptGuard.Reaction {
    private final Region region;
    private final ConsoleSession console;
    private final OpenResources open;

    Stop(Region region, ConsoleSession console, OpenResources open) {
      this.region = region;
      this.console = console;
      this.open = open;
    }

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
      List<Leftover> left =
          open.newestFirst().stream()
              .map(
                  resource ->
                      new Leftover(
                          resource.kind(),
                          resource.id(),
                          "stopped before it could be removed",
                          region.removal(resource.kind(), resource.id())))
              .toList();
      tellLeftovers(left);
      return left.isEmpty() ? ExitCode.INTERRUPTED : ExitCode.LEFT_BEHIND;
    }
  }

  private ConsoleSession openConsole(Verbosity verbosity) {
    BuildFolder folder = BuildFolder.create(outputFolder.resolve(options.buildId().value()));
    ConsoleSession console = ConsoleSession.open(context, verbosity);
    console.add("The log " + folder.logFile(), folder.log());
    console.add("The event log beside it", folder.events());
    return console;
  }

  private ExitCode tell(AuditOutcome outcome, AuditCommand.Format format, Verbosity verbosity) {
    AuditReport report = outcome.report();
    tellLeftovers(outcome.leftovers());
    if (report == null) {
      return tellFailure(outcome, format, verbosity);
    }
    ExitCode code =
        outcome.leftovers().isEmpty()
            ? report.passed() ? ExitCode.OK : ExitCode.CHECK_FAILED
            : ExitCode.LEFT_BEHIND;
    boolean arrived =
        switch (format) {
          case TABLE -> context.result().line(AuditTable.of(report));
          case JSON -> context.result().json(ReportDocument.of(report).put("imageId", imageId));
          case SARIF ->
              context
                  .result()
                  .json(SarifDocument.of(report, imageId, ToolVersion.current().version()));
        };
    if (verbosity != Verbosity.QUIET) {
      context.messages().note("Audited " + imageId + ": " + report.summary() + ".");
    }
    if (!arrived) {
      context.messages().error("stdout can't be written.");
      return code == ExitCode.OK ? ExitCode.FAILED : code;
    }
    return code;
  }

  private ExitCode tellFailure(
      AuditOutcome outcome, AuditCommand.Format format, Verbosity verbosity) {
    BuildException failure = outcome.failure();
    if (failure == null) {
      throw new IllegalArgumentException("Neither a report nor a failure: " + outcome);
    }
    new FailureMessages(context.messages(), context.interrupts())
        .tell(failure, verbosity == Verbosity.VERBOSE);
    ExitCode code = failureCode(outcome, failure);
    if (format == AuditCommand.Format.JSON) {
      context.result().json(FailureDocument.of(failure, code.code()));
    }
    return code;
  }

  private ExitCode failureCode(AuditOutcome outcome, BuildException failure) {
    if (!outcome.leftovers().isEmpty()) {
      return ExitCode.LEFT_BEHIND;
    } else if (outcome.interrupted() || context.interrupts().interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    // 2 promises that nothing was created.
    return failure.category() == Category.CONFIGURATION && outcome.created()
        ? ExitCode.FAILED
        : ExitCode.of(failure.category());
  }

  private void tellLeftovers(List<Leftover> leftovers) {
    if (leftovers.isEmpty()) {
      return;
    }
    context.messages().error("Left behind, newest first:");
    for (Leftover left : leftovers) {
      context.messages().note("  " + left.kind() + " " + left.id() + ": " + left.reason());
      context.messages().note("    " + left.removal());
    }
  }
}
