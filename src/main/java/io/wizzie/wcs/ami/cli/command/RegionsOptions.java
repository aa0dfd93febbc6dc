package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.command.Parts.RegionTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@link RegionOptions} for a command that goes through several regions. */
@OptionGroup("Where")
final class RegionsOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "AWS region, or 'local' for the local region on this machine. Repeatable. Else AWS_REGION,"
              + " AWS_DEFAULT_REGION, \"region\" of the configuration, the profile's region.")
  private List<String> regions = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "Profile of the AWS configuration files. Else AWS_PROFILE.")
  private @Nullable String profile;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description =
          "EC2 endpoint, where it is not the region's own. Else AWS_ENDPOINT_URL_EC2,"
              + " AWS_ENDPOINT_URL.")
  private @Nullable String endpointUrl;

  @Mixin private StateOptions state = new StateOptions();

  /** The regions that options or environment name, each once; empty when they name none. */
  List<String> regions(Environment environment) {
    return regions.isEmpty()
        ? RegionOptions.environmentRegion(environment).map(List::of).orElse(List.of())
        : regions.stream().distinct().toList();
  }

  @Nullable String profile() {
    return profile;
  }

  Path stateFolder(Environment environment) {
    return state.folder(environment);
  }

  RegionTarget target(String name, Environment environment) {
    return RegionOptions.target(command, name, profile, endpointUrl, environment);
  }
}
