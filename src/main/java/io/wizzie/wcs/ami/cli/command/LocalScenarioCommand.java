package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wcs-ami local scenario}: groups the commands of time and trouble on demand. */
@Command(
    name = "scenario",
    header = "Make the local region slow, inconsistent or faulty, on demand.",
    description = {
      "A scenario is a JSON file (comments allowed) that says how long states last, how long new"
          + " things are not found, what is throttled, which capacity is missing, and which calls"
          + " fail, lose their connection or are answered late: always, n times, or with a probability. The schema is"
          + " config/scenario.schema.json; examples are in config/scenarios.",
      "",
      "The one that is set is kept in the state folder. Every process that serves the region follows"
          + " it from the next request on, also 'wcs-ami build --region local', until it is cleared.",
    })
final class LocalScenarioCommand implements Callable<Integer> {
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
