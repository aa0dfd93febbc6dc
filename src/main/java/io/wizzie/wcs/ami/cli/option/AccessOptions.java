package io.wizzie.wcs.ami.cli.option;

import io.wizzie.wcs.ami.cli.terminal.Environment;
import io.wizzie.wcs.ami.config.RegionNames;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** As whom a region is talked to, and where: what every command says that needs one. */
public abstract class AccessOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      hidden = true,
      names = "--profile",
      paramLabel = "PROFILE",
      description = "Profile of the AWS configuration files. Default: AWS_PROFILE.")
  private @Nullable String profile;

  @Option(
      hidden = true,
      names = "--endpoint-url",
      paramLabel = "URL",
      description =
          "EC2 endpoint instead of the region's own. Default: the first of AWS_ENDPOINT_URL_EC2,"
              + " AWS_ENDPOINT_URL.")
  private @Nullable String endpointUrl;

  @Mixin private StateOptions state = new StateOptions();

  public @Nullable String profile() {
    return profile;
  }

  public Path stateFolder(Environment environment) {
    return state.folder(environment);
  }

  /** The target, once the region's name is known; a wrong name or endpoint is a matter of usage. */
  public RegionTarget target(String name, Environment environment) {
    String problem = RegionNames.problemWith(name);
    if (problem != null) {
      throw wrong("region: '" + name + "' " + problem);
    }
    return new RegionTarget(name, profile, endpoint(environment).orElse(null));
  }

  /**
   * The options that lead another command to the same region, as words of a command line; also
   * where variables named it, which the next terminal may not have.
   */
  public List<String> words(String name, Environment environment) {
    List<String> words = new ArrayList<>(List.of("--region", name));
    Optional.ofNullable(profile)
        .or(() -> chosenByVariable(environment))
        .ifPresent(chosen -> words.addAll(List.of("--profile", chosen)));
    given(environment).ifPresent(given -> words.addAll(List.of("--endpoint-url", given.url())));
    if (name.equals(RegionTarget.LOCAL)) {
      words.addAll(state.words(environment));
    }
    return words;
  }

  // A key in the environment goes before that variable, but not before the option.
  private static Optional<String> chosenByVariable(Environment environment) {
    return environment.variable("AWS_ACCESS_KEY_ID").isPresent()
        ? Optional.empty()
        : environment.variable("AWS_PROFILE");
  }

  /** Refuses an endpoint that is no URL, which is a matter of usage. */
  public void check(Environment environment) {
    endpoint(environment).ifPresent(valid -> {});
  }

  private Optional<URI> endpoint(Environment environment) {
    return given(environment).map(given -> checked(given.where(), given.url()));
  }

  /**
   * An endpoint as it was given.
   *
   * @param where the option or variable
   */
  private record Given(String where, String url) {}

  private Optional<Given> given(Environment environment) {
    return Optional.ofNullable(endpointUrl)
        .map(url -> new Given("--endpoint-url", url))
        .or(() -> given(environment, "AWS_ENDPOINT_URL_EC2"))
        .or(() -> given(environment, "AWS_ENDPOINT_URL"));
  }

  private static Optional<Given> given(Environment environment, String variable) {
    return environment.variable(variable).map(url -> new Given(variable, url));
  }

  private URI checked(String where, String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getRawUserInfo() != null) {
        // Not repeated here, nor later in every command that is advised.
        throw wrong(
            where + ": EC2 takes no user name and password; leave out what is before the @");
      }
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
    return wrong(
        where + ": '" + url + "' is not an http or https URL, such as http://127.0.0.1:4566");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** The region that the environment names. */
  static Optional<String> environmentRegion(Environment environment) {
    return environment.variable("AWS_REGION").or(() -> environment.variable("AWS_DEFAULT_REGION"));
  }
}
