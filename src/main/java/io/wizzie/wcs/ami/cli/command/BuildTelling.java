package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.report.BuildEnd;
import io.wizzie.wcs.ami.cli.report.Messages;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.event.Verbosity;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Tells how a build ended: the result on stdout, the rest on stderr. */
final class BuildTelling implements Telling {
  private final CommandContext context;
  private final OutputFormat format;
  private final Verbosity verbosity;
  private final BuildOptions options;
  private final Path folder;
  private final Instant started;
  private final FailureTelling failure;

  BuildTelling(
      CommandContext context,
      OutputFormat format,
      Verbosity verbosity,
      BuildOptions options,
      BuildRun run) {
    this.context = context;
    this.format = format;
    this.verbosity = verbosity;
    this.options = options;
    this.folder = run.folder();
    this.started = context.environment().clock().instant();
    this.failure = new FailureTelling(context, format, verbosity, run, "build");
  }

  @Override
  public ExitCode tell(BuildEnd end) {
    return end.good() instanceof BuildOutcome.Built built
        ? tellResult(end, built.result())
        : failure.tell(end);
  }

  private ExitCode tellResult(BuildEnd end, BuildResult result) {
    failure.leftovers(end.leftovers());
    if (verbosity != Verbosity.QUIET) {
      messages()
          .note(
              "Built %s (%s) from %s in region %s in %s."
                  .formatted(
                      result.imageId(),
                      result.imageName(),
                      result.guestSystem().prettyName(),
                      result.region(),
                      elapsed()));
      Path manifest = options.manifest();
      messages()
          .note(
              "Manifest: "
                  + context
                      .environment()
                      .shown(manifest == null ? folder.resolve("manifest.json") : manifest));
    }
    if (result.chef().standIn()) {
      messages()
          .warning(
              result.chef().product()
                  + " "
                  + result.chef().version()
                  + " converged this image: a rehearsal of the cookbooks, not Chef.");
    }
    boolean arrived =
        format == OutputFormat.JSON
            ? context.result().maskedJson(Manifest.json(result, context.mask()).stripTrailing())
            : context.result().value(result.imageId());
    if (!arrived) {
      messages()
          .error(
              "stdout can't be written, so nobody was told of the image "
                  + result.imageId()
                  + ", which exists and can be used.");
      return ExitCode.LEFT_BEHIND;
    }
    return end.exitCode();
  }

  private String elapsed() {
    return DurationText.elapsed(Duration.between(started, context.environment().clock().instant()));
  }

  private Messages messages() {
    return context.messages();
  }
}
