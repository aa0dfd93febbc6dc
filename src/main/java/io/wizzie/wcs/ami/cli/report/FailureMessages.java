package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.cli.terminal.InterruptGuard;
import io.wizzie.wcs.ami.config.InvalidSpecException;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.event.FailureText;
import java.util.List;

/** Tells a person what failed, and the caller with which exit code. */
public final class FailureMessages {
  private FailureMessages() {}

  /** Prints the failure; the stack trace only where that was asked for. */
  public static ExitCode tell(Output output, Throwable failure, boolean verbose) {
    Messages messages = output.messages();
    ExitCode code = exitCode(failure, output.interrupts());
    if (failure instanceof InvalidSpecException invalid) {
      problems(messages, invalid.problems(), "; nothing was created.");
    } else if (failure instanceof BuildException known && known.getMessage() != null) {
      messages.error(FailureText.plain(known.getMessage()));
    } else if (code == ExitCode.INTERRUPTED) {
      messages.error("Interrupted.");
    } else {
      messages.error(
          "Internal error: "
              + oneLine(failure)
              + (verbose
                  ? ""
                  : "; this should not happen: run again with -v, and report what it says."));
    }
    if (verbose) {
      messages.stackTrace(failure);
    }
    return code;
  }

  /** The code for a failure that left nothing behind. */
  private static ExitCode exitCode(Throwable failure, InterruptGuard interrupts) {
    if (failure instanceof InvalidSpecException) {
      return ExitCode.USAGE;
    } else if (interrupts.interrupted()) {
      // Whatever broke when the thread was interrupted; the libraries have many words for it.
      return ExitCode.INTERRUPTED;
    } else if (failure instanceof BuildException known) {
      return ExitCode.of(known.category());
    }
    return ExitCode.FAILED;
  }

  /**
   * Prints problems of the configuration and their number.
   *
   * @param end of the last sentence
   */
  public static void problems(Messages messages, List<Problem> problems, String end) {
    problems.forEach(problem -> messages.note(FailureText.plain(problem.toString())));
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    messages.error(count + " in the configuration" + end);
  }

  private static String oneLine(Throwable failure) {
    String text = FailureText.of(failure).lines().findFirst().orElse("");
    return text.isEmpty() ? "no reason given" : text;
  }
}
