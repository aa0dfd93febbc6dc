package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.StateOptions;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.event.Verbosity;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wcs-ami local down}: ends what runs, keeps what is stored. */
@Command(
    name = "down",
    header = "Stop all instances of the local region.",
    description = {
      "Stops them as EC2's StopInstances would: their file systems, all images and the state are"
          + " kept. stdout carries the IDs of those that ran, one per line.",
    },
    footer = {
      "wcs-ami local down",
    })
final class LocalDownCommand extends WorkCommand {
  @Mixin private StateOptions state = new StateOptions();

  LocalDownCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode work() {
    Path stateFolder = state.folder(environment());
    List<String> stopped;
    try (ConsoleSession console = ConsoleSession.open(context(), diagnostics().verbosity())) {
      stopped =
          console.stage(
              "down",
              "Stop the instances",
              progress -> parts().local().stopInstances(stateFolder, progress),
              ids -> "");
    }
    if (stopped.isEmpty() && diagnostics().verbosity() != Verbosity.QUIET) {
      context().messages().note("No instance was running.");
    }
    boolean arrived = stopped.isEmpty() || context().result().line(String.join("\n", stopped));
    return told(arrived);
  }
}
