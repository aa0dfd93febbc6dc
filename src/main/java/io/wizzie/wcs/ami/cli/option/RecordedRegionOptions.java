package io.wizzie.wcs.ami.cli.option;

import io.wizzie.wcs.ami.cli.terminal.Environment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@link RegionOptions} for a command whose region is known from a record. */
public final class RecordedRegionOptions extends AccessOptions {
  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region that the build was begun in. Default: the one in its journal.")
  private @Nullable String region;

  /** Refuses what is no region or no endpoint, which is a matter of usage. */
  @Override
  public void check(Environment environment) {
    RegionTarget unused = target("local", environment);
  }

  /** The region of the option, else the recorded one. */
  @Override
  public RegionTarget target(String recorded, Environment environment) {
    return super.target(region == null ? recorded : region, environment);
  }

  /**
   * The same for a region that a record may not tell: then option or environment does, or who
   * copies the command.
   *
   * @param recorded null when there is no record
   */
  public List<String> wordsOf(@Nullable String recorded, Environment environment) {
    String name =
        Optional.ofNullable(recorded)
            .or(() -> Optional.ofNullable(region))
            .or(() -> environmentRegion(environment))
            // To be filled in: without any, the command would be refused.
            .orElse("REGION");
    return words(name, environment);
  }
}
