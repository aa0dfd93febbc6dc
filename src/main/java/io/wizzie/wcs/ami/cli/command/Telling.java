package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.BuildEnd;
import io.wizzie.wcs.ami.cli.report.Messages;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;

/** Tells how work in a region ended: the result on stdout, the rest on stderr. */
interface Telling {
  /** The exit code is the end's, unless stdout can't be written. */
  ExitCode tell(BuildEnd end);

  /**
   * What a result comes to that was printed, or that nobody could be given.
   *
   * @param arrived whether stdout took it
   * @param end the exit code in that case
   */
  static ExitCode told(boolean arrived, ExitCode end, Messages messages) {
    if (arrived) {
      return end;
    }
    messages.error("stdout can't be written.");
    return end == ExitCode.OK ? ExitCode.FAILED : end;
  }
}
