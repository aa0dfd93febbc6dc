package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.build.BuildOutcome;
import io.wizzie.wcs.ami.build.BuildResult;
import io.wizzie.wcs.ami.build.Leftover;
import io.wizzie.wcs.ami.event.SecretMask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a build that was begun ended, with its exit code. Exactly one of result and failure is there.
 *
 * @param created whether it made anything at all
 */
record BuildEnd(
    ExitCode exitCode,
    @Nullable BuildResult result,
    @Nullable RuntimeException failure,
    boolean created,
    List<Leftover> leftovers) {
  BuildEnd {
    leftovers = List.copyOf(leftovers);
  }

  /**
   * @param byUser whether the user has interrupted it, which goes before what failed then
   */
  static BuildEnd of(BuildOutcome outcome, boolean byUser) {
    if (outcome instanceof BuildOutcome.Built built) {
      return new BuildEnd(code(ExitCode.OK, built), built.result(), null, true, built.leftovers());
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

  /** Of a build that broke off without an outcome, which is an error of this program. */
  static BuildEnd brokenOff(RuntimeException failure, boolean interrupted, List<Leftover> left) {
    ExitCode ifClean = interrupted ? ExitCode.INTERRUPTED : ExitCode.FAILED;
    ExitCode code = left.isEmpty() ? ifClean : ExitCode.LEFT_BEHIND;
    return new BuildEnd(code, null, failure, true, left);
  }

  /** Of a build whose cleanup was stopped by a second interrupt. */
  static BuildEnd stopped(List<Leftover> left) {
    return new BuildEnd(
        left.isEmpty() ? ExitCode.INTERRUPTED : ExitCode.LEFT_BEHIND,
        null,
        new BuildException(Category.INTERRUPTED, "Stopped before the cleanup was over."),
        true,
        left);
  }

  /** The same, with the secrets taken out of what failed and everything that caused it. */
  BuildEnd masked(SecretMask mask) {
    RuntimeException thrown = failure;
    Throwable shown = mask.cause(thrown);
    if (thrown == null || shown == null || shown == thrown) {
      return this;
    }
    Category category = thrown instanceof BuildException known ? known.category() : Category.HOST;
    BuildException copy =
        new BuildException(
            category, mask.text(String.valueOf(thrown.getMessage())), shown.getCause());
    copy.setStackTrace(shown.getStackTrace());
    return new BuildEnd(exitCode, result, copy, created, leftovers);
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
