package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.OutputFormat;
import io.wizzie.wcs.ami.cli.report.ActionLogText;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.localregion.log.ActionLogReader;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wcs-ami local log}: what was asked of the region. */
@Command(
    name = "log",
    header = "Print the requests that the local region has answered.",
    description = {
      "Prints a line for each: time, region, action, EC2's error code or OK, milliseconds, and the"
          + " parameters, without user data and keys. What a scenario has wanted is marked with the"
          + " rule. A connection that it broke has the code ConnectionBroken.",
      "",
      "The log is log/actions.jsonl in the state folder, of every process that serves the region; it"
          + " is bounded, and its oldest lines go first.",
    },
    footer = {
      "wcs-ami local log --follow",
      "wcs-ami local log --output json | jq -r 'select(.code != \"OK\") | .action'",
    })
final class LocalLogCommand extends LocalStateCommand {
  private static final Duration PAUSE = Duration.ofMillis(300);

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with new ones, until Ctrl-C, which exits with 0.")
  private boolean follow;

  @Option(
      names = {"-n", "--last"},
      paramLabel = "N",
      description = "Begin with the last N. Default: all that are kept.")
  private @Nullable Integer last;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "text for people, or json for a JSON object on each line. Default: text.")
  private OutputFormat output = OutputFormat.TEXT;

  @Override
  ExitCode work() {
    if (last != null && last < 0) {
      throw wrong("--last: " + last + " is not 0 or more");
    }
    ActionLogReader reader = new ActionLogReader(stateFolder());
    List<String> kept = reader.next();
    int skip = last == null ? 0 : Math.max(0, kept.size() - last);
    boolean arrived = print(kept.subList(skip, kept.size()));
    while (follow && arrived) {
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException stopped) {
        output().interrupts().workIsOver();
        return ExitCode.OK;
      }
      arrived = print(reader.next());
    }
    return told(arrived);
  }

  private boolean print(List<String> lines) {
    if (lines.isEmpty()) {
      return true;
    }
    return output()
        .result()
        .line(
            String.join(
                "\n",
                output == OutputFormat.JSON
                    ? lines
                    : lines.stream().map(ActionLogText::line).toList()));
  }
}
