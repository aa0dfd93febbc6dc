package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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
    },
    footer = {
      "wcs-ami local scenario set config/scenarios/no-capacity.json",
      "wcs-ami build --region local",
      "wcs-ami local scenario clear",
    })
final class LocalScenarioCommand extends GroupCommand {
  /** {@code wcs-ami local scenario set}: from now on. */
  @Command(
      name = "set",
      header = "Put a scenario in force, from its beginning.",
      description = {
        "Checks the file and keeps a copy of it; a scenario that was in force ends. The same file set"
            + " again begins again: its counts are at zero, its buckets are full.",
      },
      footer = {
        "wcs-ami local scenario set config/scenarios/no-capacity.json",
        "wcs-ami build --region local",
      })
  static final class Set extends LocalStateCommand {
    @Parameters(paramLabel = "FILE", description = "The scenario.")
    private @Nullable Path file;

    @Override
    ExitCode work() {
      Path given = file == null ? Path.of("") : file;
      String text = ScenarioReader.text(environment().resolve(given));
      new ScenarioBook(stateFolder(), environment().clock()).set(text);
      return ExitCode.OK;
    }
  }

  /** {@code wcs-ami local scenario show}: the one in force. */
  @Command(
      name = "show",
      header = "Print the scenario that is in force.",
      description = {
        "stdout carries its text as it was set, and nothing if there is none.",
      },
      footer = {
        "wcs-ami local scenario show",
      })
  static final class Show extends LocalStateCommand {
    @Override
    ExitCode work() {
      Optional<String> text = new ScenarioBook(stateFolder(), environment().clock()).text();
      return listed(text.stream().map(String::stripTrailing).toList(), "No scenario is in force.");
    }
  }

  /** {@code wcs-ami local scenario clear}: no more trouble. */
  @Command(
      name = "clear",
      header = "End the scenario that is in force.",
      description = {
        "States that it delays are over at once. What it has hidden stays hidden for its time.",
      },
      footer = {
        "wcs-ami local scenario clear",
      })
  static final class Clear extends LocalStateCommand {
    @Override
    ExitCode work() {
      new ScenarioBook(stateFolder(), environment().clock()).clear();
      return ExitCode.OK;
    }
  }
}
