package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.StateOptions;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.event.Verbosity;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
final class LocalScenarioShowCommand extends WorkCommand {
  @Mixin private StateOptions state = new StateOptions();

  @Override
  ExitCode work() {
    Optional<String> text =
        new ScenarioBook(state.folder(environment()), environment().clock()).text();
    if (text.isEmpty()) {
      if (verbosity() != Verbosity.QUIET) {
        context().messages().note("No scenario is in force.");
      }
      return ExitCode.OK;
    }
    return told(context().result().line(text.get().stripTrailing()));
  }
}
