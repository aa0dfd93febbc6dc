package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.Invocation;
import io.wizzie.wcs.ami.cli.report.LocalStatus;
import io.wizzie.wcs.ami.cli.report.LocalStatusWriter;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code wcs-ami local status}: what is there. */
@Command(
    name = "status",
    header = "Show what the local region holds.",
    description = {
      "Shows the base image, the scenario in force, and the instances and images with EC2's states."
          + " An instance's size is what it has written; an image's includes what it shares with the"
          + " base image. It works whether or not the region is served that.",
    },
    footer = {
      "wcs-ami local status",
    })
final class LocalStatusCommand extends LocalStateCommand {
  @Override
  ExitCode work() {
    LocalStatus status = parts().local().status(stateFolder());
    boolean arrived =
        output()
            .result()
            .line(
                LocalStatusWriter.table(
                    status,
                    Invocation.of(List.of("local", "up"), state.words(environment())),
                    environment().tableColumns()));
    return told(arrived);
  }
}
