package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.DiagnosticOptions;
import io.wizzie.wcs.ami.cli.report.FailureMessages;
import io.wizzie.wcs.ami.cli.terminal.Environment;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.event.Verbosity;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that does something and ends with one of the program's exit codes. */
abstract class WorkCommand implements Callable<Integer> {
  @Mixin private DiagnosticOptions diagnostics = new DiagnosticOptions();

  private final CommandContext context;

  WorkCommand(CommandContext context) {
    this.context = context;
  }

  /** Does the work; what it throws is told by {@link FailureMessages}. */
  abstract ExitCode work();

  @Override
  public final Integer call() {
    // Checked before any work, as it is a matter of usage.
    Verbosity ignored = diagnostics.verbosity();
    if (diagnostics.verbose()) {
      parts().logLibraries();
    }
    return work().code();
  }

  /**
   * The code of a command whose result was printed.
   *
   * @param arrived false when stdout could not be written: then the caller must not take what it
   *     got for the whole result
   */
  ExitCode told(boolean arrived) {
    return context.output().told(arrived, ExitCode.OK);
  }

  DiagnosticOptions diagnostics() {
    return diagnostics;
  }

  CommandContext context() {
    return context;
  }

  Environment environment() {
    return context.environment();
  }

  Parts parts() {
    return context.parts().get();
  }
}
