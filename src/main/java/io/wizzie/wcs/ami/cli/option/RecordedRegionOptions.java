package io.wizzie.wcs.ami.cli.option;

import io.wizzie.wcs.ami.cli.terminal.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@link RegionOptions} for a command whose region is known from a record. */
public final class RecordedRegionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region that the build was begun in. Default: the one in its journal.")
  private @Nullable String region;

  @Mixin private AccessOptions access = new AccessOptions();

  public Path stateFolder(Environment environment) {
    return access.stateFolder(environment);
  }

  /** Refuses what is no region or no endpoint, which is a matter of usage. */
  public void check(Environment environment) {
    RegionTarget unused = target("local", environment);
  }

  /** The region of the option, else the recorded one. */
  public RegionTarget target(String recorded, Environment environment) {
    return access.target(command, region == null ? recorded : region, environment);
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
            .or(() -> RegionOptions.environmentRegion(environment))
            // To be filled in: without any, the command would be refused.
            .orElse("REGION");
    return words(name, environment);
  }

  /** The options that lead another command to the same region, as words of a command line. */
  public List<String> words(String name, Environment environment) {
    return access.words(name, environment);
  }
}
