package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code wcs-ami local reset}: everything goes. */
@Command(
    name = "reset",
    header = "Remove the local region with all it holds.",
    description = {
      "Removes, without asking, all its instances, images and snapshots, ends its scenario, forgets its log, and says on"
          + " stderr what was removed. The base image stays, so that the next build need not make it again.",
    },
    footer = {
      "wcs-ami local reset",
    })
final class LocalResetCommand extends LocalStateCommand {
  @Override
  ExitCode work() {
    List<String> removed =
        stage(
            "reset",
            "Remove the local region",
            progress -> parts().local().reset(stateFolder(), progress),
            lines -> "");
    removed.forEach(line -> note("Removed " + line));
    if (removed.isEmpty()) {
      note("There was nothing to remove.");
    }
    return ExitCode.OK;
  }
}
