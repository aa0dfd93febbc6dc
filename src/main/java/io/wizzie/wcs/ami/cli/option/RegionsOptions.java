package io.wizzie.wcs.ami.cli.option;

import io.wizzie.wcs.ami.cli.terminal.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@link RegionOptions} for a command that goes through several regions. */
public final class RegionsOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "AWS region, or 'local' for the local region on this machine. Repeatable. Default: the"
              + " first of AWS_REGION, AWS_DEFAULT_REGION, \"region\" in the configuration, the"
              + " profile's.")
  private List<String> regions = new ArrayList<>();

  @Mixin private AccessOptions access = new AccessOptions();

  /** The regions that options or environment name, each once; empty when they name none. */
  public List<String> regions(Environment environment) {
    return regions.isEmpty()
        ? RegionOptions.environmentRegion(environment).map(List::of).orElse(List.of())
        : regions.stream().distinct().toList();
  }

  public @Nullable String profile() {
    return access.profile();
  }

  public Path stateFolder(Environment environment) {
    return access.stateFolder(environment);
  }

  public RegionTarget target(String name, Environment environment) {
    return access.target(command, name, environment);
  }
}
