package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.audit.ReportDocument;
import io.wizzie.wcs.ami.audit.SarifDocument;
import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.report.AuditTable;
import io.wizzie.wcs.ami.cli.report.BuildEnd;
import io.wizzie.wcs.ami.cli.report.ToolVersion;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.event.Verbosity;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;

/** Tells what an audit found. */
final class AuditTelling implements Telling {
  private final CommandContext context;
  private final AuditCommand.Format format;
  private final Verbosity verbosity;
  private final String imageId;
  private final FailureTelling failure;

  /**
   * @param run the audit
   */
  AuditTelling(
      CommandContext context,
      AuditCommand.Format format,
      Verbosity verbosity,
      BuildRun run,
      String imageId) {
    this.context = context;
    this.format = format;
    this.verbosity = verbosity;
    this.imageId = imageId;
    OutputFormat ofFailures =
        format == AuditCommand.Format.JSON ? OutputFormat.JSON : OutputFormat.TEXT;
    this.failure = new FailureTelling(context, ofFailures, verbosity, run, "audit");
  }

  @Override
  public ExitCode tell(BuildEnd end) {
    if (!(end.good() instanceof BuildOutcome.Audited audited)) {
      return failure.tell(end);
    }
    failure.leftovers(end.leftovers());
    AuditReport report = audited.report();
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
    return Telling.told(arrived, end.exitCode(), context.messages());
  }
}
