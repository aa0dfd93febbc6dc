package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.option.StateOptions;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** A command that works with the state of the local region. */
abstract class LocalStateCommand extends WorkCommand {
  @Mixin StateOptions state = new StateOptions();

  Path stateFolder() {
    return state.folder(environment());
  }
}
