package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that only groups others. */
abstract class GroupCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this page; after a command, the command's own.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean help;

  /** Not a request for help, but a command that is missing: usage on stderr, and no success. */
  @Override
  public final Integer call() {
    command.commandLine().usage(command.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
