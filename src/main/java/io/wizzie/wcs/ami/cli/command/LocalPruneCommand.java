package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class LocalPruneCommand extends LocalStateCommand {
  @Option(names = "--keep", paramLabel = "N", description = "Keep the newest N of each region.")
  private @Nullable Integer keep;

  @Option(
      names = "--older-than",
      paramLabel = "D",
      description = "Keep what is younger than this duration, such as 12h or 30d.")
  private @Nullable Duration olderThan;

  @Override
  ExitCode work() {
    if (keep == null && olderThan == null) {
      throw wrong("Give --keep or --older-than, or both: without, all would go");
    }
    if (keep != null && keep < 0) {
      throw wrong("--keep: " + keep + " is not 0 or more");
    }
    ImageAge old =
        new ImageAge(
            keep == null ? 0 : keep,
            olderThan == null ? null : environment().clock().instant().minus(olderThan));
    List<String> removed =
        stage(
            "prune",
            "Remove old images",
            progress -> parts().local().prune(stateFolder(), old, progress),
            ids -> "");
    return listed(removed, "No image was old enough.");
  }
}
