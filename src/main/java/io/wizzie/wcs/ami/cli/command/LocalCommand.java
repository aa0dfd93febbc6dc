package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wcs-ami local}: groups the commands of the local region. */
@Command(
    name = "local",
    header = "The local region: prepare, look at, serve and remove it.",
    description = {
      "The local region is an EC2 endpoint on this machine whose instances are containers with a"
          + " system of their own. Build in it with 'wcs-ami build --region local'; these commands"
          + " are for the rest.",
    })
final class LocalCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this page; after a command, the command's own.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean help;

  @Override
  public Integer call() {
    command.commandLine().usage(command.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
