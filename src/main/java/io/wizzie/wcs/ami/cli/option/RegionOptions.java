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

/** Which region is meant, and as whom: option before environment. */
public final class RegionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "AWS region, or 'local' for the local region on this machine. Default: the first of"
              + " AWS_REGION, AWS_DEFAULT_REGION, \"region\" in the configuration, the profile's.")
  private @Nullable String region;

  @Mixin private AccessOptions access = new AccessOptions();

  /** The region that option or environment names. */
  public Optional<String> region(Environment environment) {
    return Optional.ofNullable(region).or(() -> environmentRegion(environment));
  }

  static Optional<String> environmentRegion(Environment environment) {
    return environment.variable("AWS_REGION").or(() -> environment.variable("AWS_DEFAULT_REGION"));
  }

  public @Nullable String profile() {
    return access.profile();
  }

  public Path stateFolder(Environment environment) {
    return access.stateFolder(environment);
  }

  /** The target, once the region's name is known. */
  public RegionTarget target(String name, Environment environment) {
    return access.target(command, name, environment);
  }

  /** The options that lead another command to the same region, as words of a command line. */
  public List<String> words(String name, Environment environment) {
    return access.words(name, environment);
  }

  /** Refuses an endpoint that is no URL, which is a matter of usage. */
  public void check(Environment environment) {
    access.check(command, environment);
  }
}
