package io.wizzie.wcs.ami.cli.option;

import io.wizzie.wcs.ami.cli.terminal.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the local region keeps its state. */
public final class StateOptions {
  private static final String VARIABLE = "WCS_AMI_STATE_DIR";

  @Option(
      hidden = true,
      names = "--state-dir",
      paramLabel = "FOLDER",
      description =
          "Folder in which the local region keeps its state. Default: the first of"
              + " WCS_AMI_STATE_DIR, XDG_STATE_HOME/wcs-ami/regions, ~/.local/state/wcs-ami/regions.")
  private @Nullable Path stateDir;

  /**
   * What leads another command to the same folder, as words of a command line; also where the
   * variable named it, which the next terminal may not have.
   */
  public List<String> words(Environment environment) {
    return stateDir == null && environment.variable(VARIABLE).isEmpty()
        ? List.of()
        : List.of("--state-dir", folder(environment).toString());
  }

  public Path folder(Environment environment) {
    return environment.resolve(
        Optional.ofNullable(stateDir)
            .or(() -> environment.variable(VARIABLE).map(Path::of))
            .or(
                () ->
                    environment
                        .variable("XDG_STATE_HOME")
                        .map(home -> Path.of(home, "wcs-ami", "regions")))
            .orElseGet(
                () ->
                    Path.of(environment.variable("HOME").orElse(System.getProperty("user.home")))
                        .resolve(Path.of(".local", "state", "wcs-ami", "regions"))));
  }
}
