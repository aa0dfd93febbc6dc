package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;

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
final class LocalDownCommand extends LocalStateCommand {
  @Override
  ExitCode work() {
    List<String> stopped =
        stage(
            "down",
            "Stop the instances",
            progress -> parts().local().stopInstances(stateFolder(), progress),
            ids -> "");
    return listed(stopped, "No instance was running.");
  }
}
