package io.wizzie.wcs.ami.cli.option;

import io.wizzie.wcs.ami.cli.terminal.Environment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which region is meant, and as whom: option before environment. */
public final class RegionOptions extends AccessOptions {
  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "AWS region, or 'local' for the local region on this machine. Default: the first of"
              + " AWS_REGION, AWS_DEFAULT_REGION, \"region\" in the configuration, the profile's.")
  private @Nullable String region;

  /** The region that option or environment names. */
  public Optional<String> region(Environment environment) {
    return Optional.ofNullable(region).or(() -> environmentRegion(environment));
  }
}
