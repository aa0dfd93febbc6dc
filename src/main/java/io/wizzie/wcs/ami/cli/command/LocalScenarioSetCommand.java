package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.StateOptions;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
final class LocalScenarioSetCommand extends WorkCommand {
  @Mixin private StateOptions state = new StateOptions();

  @Parameters(paramLabel = "FILE", description = "The scenario.")
  private @Nullable Path file;

  @Override
  ExitCode work() {
    Path given = file == null ? Path.of("") : file;
    String text = ScenarioReader.text(environment().resolve(given));
    new ScenarioBook(state.folder(environment()), environment().clock()).set(text);
    return ExitCode.OK;
  }
}
