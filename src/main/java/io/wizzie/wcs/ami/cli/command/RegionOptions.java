package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.command.Parts.RegionTarget;
import io.wizzie.wcs.ami.spec.RegionNames;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which region is meant, and as whom: option before environment. */
@OptionGroup("Where")
final class RegionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "AWS region, or 'local' for the local region on this machine. Else AWS_REGION,"
              + " AWS_DEFAULT_REGION, \"region\" of the configuration, the profile's region.")
  private @Nullable String region;

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

  /** The region that option or environment names. */
  Optional<String> region(Environment environment) {
    return Optional.ofNullable(region)
        .or(() -> environment.variable("AWS_REGION"))
        .or(() -> environment.variable("AWS_DEFAULT_REGION"));
  }

  @Nullable String profile() {
    return profile;
  }

  Path stateFolder(Environment environment) {
    return state.folder(environment);
  }

  /** The target, once the region's name is known. */
  RegionTarget target(String name, Environment environment) {
    String problem = RegionNames.problemWith(name);
    if (problem != null) {
      throw new ParameterException(command.commandLine(), "region: '" + name + "' " + problem);
    }
    return new RegionTarget(name, profile, endpoint(environment).orElse(null));
  }

  /** Refuses an endpoint that is no URL, which is a matter of usage. */
  void check(Environment environment) {
    endpoint(environment).ifPresent(valid -> {});
  }

  private Optional<URI> endpoint(Environment environment) {
    return Optional.ofNullable(endpointUrl)
        .map(url -> checked("--endpoint-url", url))
        .or(() -> endpoint(environment, "AWS_ENDPOINT_URL_EC2"))
        .or(() -> endpoint(environment, "AWS_ENDPOINT_URL"));
  }

  private Optional<URI> endpoint(Environment environment, String variable) {
    return environment.variable(variable).map(url -> checked(variable, url));
  }

  private URI checked(String where, String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException notAUri) {
      throw notAUrl(where, url);
    }
    throw notAUrl(where, url);
  }

  private ParameterException notAUrl(String where, String url) {
    return new ParameterException(
        command.commandLine(),
        where + ": '" + url + "' is not an http or https URL, such as http://127.0.0.1:4566");
  }
}
