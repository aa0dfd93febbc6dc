package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.cli.terminal.Environment;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.cli.terminal.InterruptGuard;
import io.wizzie.wcs.ami.event.SecretMask;

/**
 * The streams of one command.
 *
 * @param result standard output, for the result and nothing else
 * @param messages standard error, for everything else
 * @param mask of both, which the events of a build teach its secrets
 */
public record Output(
    Environment environment,
    ResultStream result,
    Messages messages,
    SecretMask mask,
    InterruptGuard interrupts) {
  /**
   * The exit code of a command whose result was printed.
   *
   * @param arrived false when stdout could not be written: then the caller must not take what it
   *     got for the whole result
   * @param end the code if it arrived
   */
  public ExitCode told(boolean arrived, ExitCode end) {
    if (arrived) {
      return end;
    }
    messages.error("stdout can't be written.");
    return end == ExitCode.OK ? ExitCode.FAILED : end;
  }
}
