package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a build that was begun ended, with its exit code. Exactly one of outcome and failure is
 * there.
 *
 * @param good the outcome, when it is what was asked for
 * @param created whether it made anything at all
 * @param keptImage the ID of an image that was finished before the build was stopped, and that
 *     nobody but this can tell of; null when there is none
 */
public record BuildEnd(
    ExitCode exitCode,
    @Nullable BuildOutcome good,
    @Nullable RuntimeException failure,
    boolean created,
    List<Leftover> leftovers,
    @Nullable String keptImage) {
  public BuildEnd {
    leftovers = List.copyOf(leftovers);
  }

  /**
   * The end that an outcome is.
   *
   * @param byUser whether the user has interrupted it, which goes before what failed then
   */
  public static BuildEnd of(BuildOutcome outcome, boolean byUser) {
    if (outcome instanceof BuildOutcome.Interrupted interrupted) {
      return failed(ExitCode.INTERRUPTED, interrupted.failure(), true, outcome.leftovers());
    } else if (outcome instanceof BuildOutcome.Failed failed) {
      boolean created = !failed.nothingCreated();
      ExitCode code = byUser ? ExitCode.INTERRUPTED : ofFailure(failed);
      return failed(code, failed.failure(), created, outcome.leftovers());
    }
    boolean passed = true;
    if (outcome instanceof BuildOutcome.Audited audited) {
      passed = audited.report().passed();
    } else if (!(outcome instanceof BuildOutcome.Built
        || outcome instanceof BuildOutcome.Verified)) {
      throw new IllegalArgumentException("An outcome that has no exit code: " + outcome);
    }
    ExitCode code = code(passed ? ExitCode.OK : ExitCode.CHECK_FAILED, outcome.leftovers());
    return new BuildEnd(code, outcome, null, true, outcome.leftovers(), null);
  }

  private static BuildEnd failed(
      ExitCode ifClean, RuntimeException failure, boolean created, List<Leftover> left) {
    return new BuildEnd(code(ifClean, left), null, failure, created, left, null);
  }

  /** Of a build that broke off without an outcome, which is an error of this program. */
  public static BuildEnd brokenOff(
      RuntimeException failure, boolean interrupted, List<Leftover> left) {
    return failed(interrupted ? ExitCode.INTERRUPTED : ExitCode.FAILED, failure, true, left);
  }

  /**
   * Of a build whose cleanup was stopped by a second interrupt.
   *
   * @param keptImage the finished image; null when there is none
   */
  public static BuildEnd stopped(List<Leftover> left, @Nullable String keptImage) {
    BuildException failure = Category.INTERRUPTED.failure("Stopped before the cleanup was over.");
    BuildEnd end = failed(ExitCode.INTERRUPTED, failure, true, left);
    return keptImage == null ? end : end.keeping(keptImage);
  }

  /**
   * The same of a build whose image was finished: it can be used, whatever failed afterwards, and
   * nobody else tells of it.
   */
  public BuildEnd keeping(String imageId) {
    return good != null
        ? this
        : new BuildEnd(code(ExitCode.OK, leftovers), null, failure, created, leftovers, imageId);
  }

  private static ExitCode ofFailure(BuildOutcome.Failed failed) {
    ExitCode code = ExitCode.of(failed.failure().category());
    // 2 promises that nothing was created, which a late finding can't.
    return code == ExitCode.USAGE && !failed.nothingCreated() ? ExitCode.FAILED : code;
  }

  private static ExitCode code(ExitCode ifClean, List<Leftover> left) {
    return left.isEmpty() ? ifClean : ExitCode.LEFT_BEHIND;
  }
}
