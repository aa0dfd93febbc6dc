package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.StateOptions;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.event.Verbosity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wcs-ami local prune}: old images go. */
@Command(
    name = "prune",
    header = "Remove old images of the local region, with their snapshots.",
    description = {
      "Removes an image only if all that is given says so: it is not among the newest N of its"
          + " region, and it is older than D. Images that are still being made, the base image, and"
          + " instances stay. stdout carries the IDs of the removed, one per line.",
    },
    footer = {
      "wcs-ami local prune --keep 3",
      "wcs-ami local prune --older-than 7d --keep 1",
    })
final class LocalPruneCommand extends WorkCommand {
  @Spec private CommandSpec command;
  @Mixin private StateOptions state = new StateOptions();

  @Option(names = "--keep", paramLabel = "N", description = "Keep the newest N of each region.")
  private @Nullable Integer keep;

  @Option(
      names = "--older-than",
      paramLabel = "D",
      description = "Keep what is younger than this duration, such as 12h or 30d.")
  private @Nullable Duration olderThan;

  LocalPruneCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode work() {
    if (keep == null && olderThan == null) {
      throw new ParameterException(
          command.commandLine(), "Give --keep or --older-than, or both: without, all would go");
    }
    if (keep != null && keep < 0) {
      throw new ParameterException(command.commandLine(), "--keep: " + keep + " is not 0 or more");
    }
    ImageAge old =
        new ImageAge(
            keep == null ? 0 : keep,
            olderThan == null ? null : environment().clock().instant().minus(olderThan));
    List<String> removed;
    try (ConsoleSession console = ConsoleSession.open(context(), diagnostics().verbosity())) {
      removed =
          console.stage(
              "prune",
              "Remove old images",
              progress -> parts().local().prune(state.folder(environment()), old, progress),
              ids -> "");
    }
    if (removed.isEmpty() && diagnostics().verbosity() != Verbosity.QUIET) {
      context().messages().note("No image was old enough.");
    }
    return told(removed.isEmpty() || context().result().line(String.join("\n", removed)));
  }
}
