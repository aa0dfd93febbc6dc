package io.wizzie.wcs.ami.cli.option;

import io.wizzie.wcs.ami.cli.terminal.Environment;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@link RegionOptions} for a command that goes through several regions. */
public final class RegionsOptions extends AccessOptions {
  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "AWS region, or 'local' for the local region on this machine. Repeatable. Default: the"
              + " first of AWS_REGION, AWS_DEFAULT_REGION, \"region\" in the configuration, the"
              + " profile's.")
  private List<String> regions = new ArrayList<>();

  /** The regions that options or environment name, each once; empty when they name none. */
  public List<String> regions(Environment environment) {
    return regions.isEmpty()
        ? environmentRegion(environment).map(List::of).orElse(List.of())
        : regions.stream().distinct().toList();
  }
}
