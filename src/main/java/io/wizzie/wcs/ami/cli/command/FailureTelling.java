package io.wizzie.wcs.ami.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.report.BuildEnd;
import io.wizzie.wcs.ami.cli.report.FailureDocument;
import io.wizzie.wcs.ami.cli.report.FailureMessages;
import io.wizzie.wcs.ami.cli.report.Messages;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.event.Verbosity;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells of work in a region that did not do what it was asked for. */
final class FailureTelling implements Telling {
  private final CommandContext context;
  private final OutputFormat format;
  private final Verbosity verbosity;
  private final Path folder;
  private final String remedy;
  private final String work;

  /**
   * @param run the work
   * @param work what it is called, such as {@code build}
   */
  FailureTelling(
      CommandContext context, OutputFormat format, Verbosity verbosity, BuildRun run, String work) {
    this.context = context;
    this.format = format;
    this.verbosity = verbosity;
    this.folder = run.folder();
    this.remedy = run.remedy();
    this.work = work;
  }

  @Override
  public ExitCode tell(BuildEnd end) {
    RuntimeException failure = end.failure();
    if (failure == null) {
      throw new IllegalArgumentException("Neither a result nor a failure: " + end);
    }
    new FailureMessages(messages(), context.interrupts())
        .tell(failure, verbosity == Verbosity.VERBOSE);
    leftovers(end.leftovers());
    if (verbosity != Verbosity.QUIET) {
      if (end.created() && end.leftovers().isEmpty() && end.keptImage() == null) {
        messages().note("Everything that the " + work + " created was removed.");
      }
      messages().note("Log: " + context.environment().shown(folder.resolve("build.log")));
    }
    String kept = end.keptImage();
    if (format == OutputFormat.TEXT && kept != null && !context.result().value(kept)) {
      return ExitCode.LEFT_BEHIND;
    }
    if (format == OutputFormat.JSON) {
      // Should nobody read it, the exit code tells of a failure anyway.
      ObjectNode document =
          FailureDocument.of(
              failure,
              end.exitCode().code(),
              folder.getFileName().toString(),
              folder.resolve("build.log"),
              end.leftovers());
      if (kept != null) {
        document.put("imageId", kept);
      }
      context.result().json(document);
    }
    return end.exitCode();
  }

  /** What is left, and how to remove it. */
  void leftovers(List<Leftover> leftovers) {
    if (leftovers.isEmpty()) {
      return;
    }
    Set<String> conditions = new LinkedHashSet<>();
    messages().error("Left behind, newest first:");
    for (Leftover left : leftovers) {
      List<String> reason = left.reason().lines().toList();
      messages().note("  " + left.resource() + ": " + reason.get(0));
      reason.stream().skip(1).forEach(line -> messages().note("    " + line));
      String[] removal = left.removal().split("  # ", 2);
      messages().note("    " + removal[0]);
      if (removal.length > 1) {
        conditions.add(removal[1]);
      }
    }
    // Once, as it is the same of all: without it the commands can hardly be made out.
    conditions.forEach(condition -> messages().note("  These commands work " + condition));
    messages().note("All of it is removed by: " + remedy);
  }

  private Messages messages() {
    return context.messages();
  }
}
