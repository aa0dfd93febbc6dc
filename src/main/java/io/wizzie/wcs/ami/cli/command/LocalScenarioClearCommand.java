package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.StateOptions;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
final class LocalScenarioClearCommand extends WorkCommand {
  @Mixin private StateOptions state = new StateOptions();

  @Override
  ExitCode work() {
    new ScenarioBook(state.folder(environment()), environment().clock()).clear();
    return ExitCode.OK;
  }
}
