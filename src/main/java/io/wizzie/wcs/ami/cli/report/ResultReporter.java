package io.wizzie.wcs.ami.cli.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.audit.ReportDocument;
import io.wizzie.wcs.ami.audit.SarifDocument;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.cli.report.RegionWork.Format;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.event.Verbosity;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import io.wizzie.wcs.ami.pipeline.result.Manifest;
import io.wizzie.wcs.ami.pipeline.result.Verification;
import io.wizzie.wcs.ami.pipeline.result.VerificationDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports how work in a region ended: the result on stdout, the rest on stderr. */
public final class ResultReporter {
  private final Output output;
  private final RegionWork work;
  private final Instant started;

  public ResultReporter(Output output, RegionWork work) {
    this.output = output;
    this.work = work;
    this.started = output.environment().clock().instant();
  }

  /** The exit code is the end's, unless stdout can't be written. */
  public ExitCode report(BuildEnd end) {
    BuildOutcome good = end.good();
    if (good == null) {
      return failed(end);
    }
    leftovers(end.leftovers());
    if (good instanceof BuildOutcome.Built built) {
      return built(end, built.result());
    }
    boolean arrived =
        good instanceof BuildOutcome.Audited audited
            ? audited(audited.report(), end.exitCode())
            : verified(((BuildOutcome.Verified) good).verification(), end.exitCode());
    return output.told(arrived, end.exitCode());
  }

  private ExitCode built(BuildEnd end, BuildResult result) {
    note(
        "Built %s (%s) from %s in region %s in %s."
            .formatted(
                result.imageId(),
                result.imageName(),
                result.guestSystem().prettyName(),
                result.region(),
                DurationText.elapsed(
                    Duration.between(started, output.environment().clock().instant()))));
    Path manifest = work.manifest();
    note(
        "Manifest: " + shown(manifest == null ? work.folder().resolve("manifest.json") : manifest));
    if (result.chef().standIn()) {
      messages()
          .warning(
              result.chef().product()
                  + " "
                  + result.chef().version()
                  + " converged this image: a rehearsal of the cookbooks, not Chef.");
    }
    warnOfNoChecks(result.verification());
    boolean arrived =
        work.format() == Format.JSON
            ? output.result().json(withExitCode(result, end.exitCode()))
            : output.result().value(result.imageId());
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

  /** The manifest itself does not know how the program ends. */
  private ObjectNode withExitCode(BuildResult result, ExitCode code) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("exitCode", code.code());
    document.setAll(Manifest.of(result));
    return document;
  }

  private boolean audited(AuditReport report, ExitCode code) {
    boolean arrived =
        switch (work.format()) {
          case TABLE ->
              output.result().line(AuditTable.of(report, output.environment().tableColumns()));
          case JSON ->
              output
                  .result()
                  .json(
                      ReportDocument.of(report)
                          .put("imageId", work.subject())
                          .put("exitCode", code.code()));
          case SARIF ->
              output
                  .result()
                  .json(SarifDocument.of(report, work.subject(), ToolVersion.current().version()));
        };
    note("Audited " + work.subject() + ": " + report.summary() + ".");
    return arrived;
  }

  private boolean verified(Verification verification, ExitCode code) {
    note(verification.imageId() + " works. Bootstrap logs: " + shown(work.folder()));
    warnOfNoChecks(verification);
    return work.format() == Format.JSON
        ? output.result().json(VerificationDocument.of(verification).put("exitCode", code.code()))
        : output
            .result()
            .line(VerificationTable.of(verification, output.environment().tableColumns()));
  }

  private void warnOfNoChecks(@Nullable Verification verification) {
    if (verification != null
        && verification.trials().stream().allMatch(trial -> trial.checks().isEmpty())) {
      messages()
          .warning("\"verify.checks\" is empty: only cloud-init and the bootstrap were checked.");
    }
  }

  private ExitCode failed(BuildEnd end) {
    RuntimeException failure = end.failure();
    if (failure == null) {
      throw new IllegalArgumentException("Neither a result nor a failure: " + end);
    }
    FailureMessages.tell(output, failure, work.verbosity() == Verbosity.VERBOSE);
    String kept = end.keptImage();
    if (kept != null) {
      messages().error("The image " + kept + " is finished and can be used.");
    }
    leftovers(end.leftovers());
    if (end.created() && end.leftovers().isEmpty() && kept == null) {
      note("Everything that the " + work.name() + " created was removed.");
      if (work.advice() != null && inTheGuest(failure)) {
        note(work.advice());
      }
    }
    note("Log: " + shown(work.log()));
    if (work.format() == Format.TABLE && kept != null && !output.result().value(kept)) {
      return ExitCode.LEFT_BEHIND;
    }
    if (work.format() == Format.JSON) {
      // Should nobody read it, the exit code tells of a failure anyway.
      ObjectNode document =
          FailureDocument.of(
              failure,
              end.exitCode().code(),
              String.valueOf(work.folder().getFileName()),
              work.log(),
              end.leftovers());
      if (kept != null) {
        document.put("imageId", kept);
      }
      output.result().json(document);
    }
    return end.exitCode();
  }

  private static boolean inTheGuest(RuntimeException failure) {
    return failure instanceof BuildException known
        && (known.category() == Category.GUEST || known.category() == Category.ACCESS);
  }

  /** What is left, and how to remove it. */
  private void leftovers(List<Leftover> leftovers) {
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
    messages().note("All of it is removed by: " + work.remedy());
  }

  private void note(String line) {
    if (work.verbosity() != Verbosity.QUIET) {
      messages().note(line);
    }
  }

  private Path shown(Path path) {
    return output.environment().shown(path);
  }

  private Messages messages() {
    return output.messages();
  }
}
