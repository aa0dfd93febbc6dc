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

  private BuildEnd(
      ExitCode exitCode,
      @Nullable BuildOutcome good,
      @Nullable RuntimeException failure,
      boolean created,
      List<Leftover> leftovers) {
    this(exitCode, good, failure, created, leftovers, null);
  }

  /**
   * The end that an outcome is.
   *
   * @param byUser whether the user has interrupted it, which goes before what failed then
   */
  public static BuildEnd of(BuildOutcome outcome, boolean byUser) {
    if (outcome instanceof BuildOutcome.Built built) {
      return done(built);
    } else if (outcome instanceof BuildOutcome.Verified verified) {
      return done(verified);
    } else if (outcome instanceof BuildOutcome.Audited audited) {
      ExitCode judged = audited.report().passed() ? ExitCode.OK : ExitCode.CHECK_FAILED;
      return new BuildEnd(code(judged, audited), audited, null, true, audited.leftovers());
    } else if (outcome instanceof BuildOutcome.Interrupted interrupted) {
      return new BuildEnd(
          code(ExitCode.INTERRUPTED, interrupted),
          null,
          interrupted.failure(),
          true,
          interrupted.leftovers());
    } else if (outcome instanceof BuildOutcome.Failed failed) {
      return new BuildEnd(
          code(byUser ? ExitCode.INTERRUPTED : ofFailure(failed), failed),
          null,
          failed.failure(),
          !failed.nothingCreated(),
          failed.leftovers());
    }
    throw new IllegalArgumentException("An outcome that has no exit code: " + outcome);
  }

  private static BuildEnd done(BuildOutcome good) {
    return new BuildEnd(code(ExitCode.OK, good), good, null, true, good.leftovers());
  }

  /** Of a build that broke off without an outcome, which is an error of this program. */
  public static BuildEnd brokenOff(
      RuntimeException failure, boolean interrupted, List<Leftover> left) {
    ExitCode ifClean = interrupted ? ExitCode.INTERRUPTED : ExitCode.FAILED;
    ExitCode code = left.isEmpty() ? ifClean : ExitCode.LEFT_BEHIND;
    return new BuildEnd(code, null, failure, true, left);
  }

  /**
   * Of a build whose cleanup was stopped by a second interrupt.
   *
   * @param keptImage the finished image; null when there is none
   */
  public static BuildEnd stopped(List<Leftover> left, @Nullable String keptImage) {
    ExitCode ifClean = keptImage == null ? ExitCode.INTERRUPTED : ExitCode.OK;
    return new BuildEnd(
        left.isEmpty() ? ifClean : ExitCode.LEFT_BEHIND,
        null,
        new BuildException(Category.INTERRUPTED, "Stopped before the cleanup was over."),
        true,
        left,
        keptImage);
  }

  /**
   * The same of a build whose image was finished: it can be used, whatever failed afterwards, and
   * nobody else tells of it.
   */
  public BuildEnd keeping(String imageId) {
    ExitCode code = leftovers.isEmpty() ? ExitCode.OK : ExitCode.LEFT_BEHIND;
    return good != null ? this : new BuildEnd(code, null, failure, created, leftovers, imageId);
  }

  private static ExitCode ofFailure(BuildOutcome.Failed failed) {
    ExitCode code = ExitCode.of(failed.failure().category());
    // 2 promises that nothing was created, which a late finding can't.
    return code == ExitCode.USAGE && !failed.nothingCreated() ? ExitCode.FAILED : code;
  }

  private static ExitCode code(ExitCode ifClean, BuildOutcome outcome) {
    return outcome.leftovers().isEmpty() ? ifClean : ExitCode.LEFT_BEHIND;
  }
}
