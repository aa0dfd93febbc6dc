package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.report.BuildEnd;
import io.wizzie.wcs.ami.cli.report.VerificationTable;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.event.Verbosity;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.Verification;
import io.wizzie.wcs.ami.pipeline.result.VerificationDocument;

/** Tells what came of a verification. */
final class VerifyTelling implements Telling {
  private final CommandContext context;
  private final OutputFormat format;
  private final Verbosity verbosity;
  private final BuildRun run;

  VerifyTelling(CommandContext context, OutputFormat format, Verbosity verbosity, BuildRun run) {
    this.context = context;
    this.format = format;
    this.verbosity = verbosity;
    this.run = run;
  }

  @Override
  public ExitCode tell(BuildEnd end) {
    FailureTelling failure = new FailureTelling(context, format, verbosity, run, "verification");
    if (!(end.good() instanceof BuildOutcome.Verified verified)) {
      return failure.tell(end);
    }
    failure.leftovers(end.leftovers());
    Verification verification = verified.verification();
    if (verbosity != Verbosity.QUIET) {
      context
          .messages()
          .note(
              verification.imageId()
                  + " works. Bootstrap logs: "
                  + context.environment().shown(run.folder()));
    }
    boolean arrived =
        format == OutputFormat.JSON
            ? context.result().json(VerificationDocument.of(verification))
            : context.result().line(VerificationTable.of(verification));
    return Telling.told(arrived, end.exitCode(), context.messages());
  }
}
