package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.event.Verbosity;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wcs-ami local reset}: everything goes. */
@Command(
    name = "reset",
    header = "Remove the local region with all it holds.",
    description = {
      "Removes, without asking, all its instances, images and snapshots, its state and the base"
          + " image, and says on stderr what was removed. The next build starts anew.",
    })
final class LocalResetCommand extends WorkCommand {
  @Mixin private StateOptions state = new StateOptions();

  LocalResetCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode work() {
    List<String> removed = parts().local().reset(state.folder(environment()));
    if (diagnostics().verbosity() != Verbosity.QUIET) {
      removed.forEach(line -> context().messages().note("Removed " + line));
      if (removed.isEmpty()) {
        context().messages().note("There was nothing to remove.");
      }
    }
    return ExitCode.OK;
  }
}
