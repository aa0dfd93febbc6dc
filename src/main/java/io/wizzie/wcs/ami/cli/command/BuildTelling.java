package io.wizzie.wcs.ami.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.build.BuildOptions;
import io.wizzie.wcs.ami.build.BuildResult;
import io.wizzie.wcs.ami.build.Leftover;
import io.wizzie.wcs.ami.build.Manifest;
import io.wizzie.wcs.ami.cli.output.FailureDocument;
import io.wizzie.wcs.ami.cli.output.Messages;
import io.wizzie.wcs.ami.event.ElapsedText;
import io.wizzie.wcs.ami.event.Verbosity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells how a build ended: the result on stdout, the rest on stderr. */
final class BuildTelling {
  private final CommandContext context;
  private final OutputFormat format;
  private final Verbosity verbosity;
  private final BuildOptions options;
  private final Path folder;
  private final Instant started;
  private final String remedy;

  /**
   * @param remedy the command that removes whatever is left
   */
  BuildTelling(
      CommandContext context,
      OutputFormat format,
      Verbosity verbosity,
      BuildOptions options,
      Path outputFolder,
      Instant started,
      String remedy) {
    this.context = context;
    this.format = format;
    this.verbosity = verbosity;
    this.options = options;
    this.folder = outputFolder.resolve(options.buildId().value());
    this.started = started;
    this.remedy = remedy;
  }

  ExitCode tell(BuildEnd end) {
    return end.result() == null ? tellFailure(end) : tellResult(end, end.result());
  }

  private ExitCode tellResult(BuildEnd end, BuildResult result) {
    leftovers(end.leftovers());
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
              "Manifest: " + shown(manifest == null ? folder.resolve("manifest.json") : manifest));
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
        context
            .result()
            .line(
                format == OutputFormat.JSON
                    ? Manifest.json(result).stripTrailing()
                    : result.imageId());
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

  private ExitCode tellFailure(BuildEnd end) {
    RuntimeException failure = end.failure();
    if (failure == null) {
      throw new IllegalArgumentException("Neither a result nor a failure: " + end);
    }
    new FailureMessages(messages(), context.interrupts())
        .tell(failure, verbosity == Verbosity.VERBOSE);
    leftovers(end.leftovers());
    if (verbosity != Verbosity.QUIET) {
      if (end.created() && end.leftovers().isEmpty() && end.keptImage() == null) {
        messages().note("Everything that the build created was removed.");
      }
      messages().note("Log: " + shown(folder.resolve("build.log")));
    }
    String kept = end.keptImage();
    if (format == OutputFormat.TEXT && kept != null && !context.result().line(kept)) {
      return ExitCode.LEFT_BEHIND;
    }
    if (format == OutputFormat.JSON) {
      // Should nobody read it, the exit code tells of a failure anyway.
      ObjectNode document =
          FailureDocument.of(
              failure,
              end.exitCode().code(),
              options.buildId().value(),
              folder.resolve("build.log"),
              end.leftovers());
      if (kept != null) {
        document.put("imageId", kept);
      }
      context.result().json(document);
    }
    return end.exitCode();
  }

  private void leftovers(List<Leftover> leftovers) {
    if (leftovers.isEmpty()) {
      return;
    }
    messages().error("Left behind, newest first:");
    for (Leftover left : leftovers) {
      messages().note("  " + left.kind() + " " + left.id() + ": " + left.reason());
      messages().note("    " + left.removal());
    }
    messages().note("All of it is removed by: " + remedy);
  }

  private String elapsed() {
    return ElapsedText.of(Duration.between(started, context.environment().clock().instant()));
  }

  /** Below the working directory as a person would type it. */
  private Path shown(Path path) {
    Path here = context.environment().workingDirectory();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  private Messages messages() {
    return context.messages();
  }
}
