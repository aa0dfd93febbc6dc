package io.wizzie.wcs.ami.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which configuration is meant. */
public final class SpecOptions {
  public static final Path DEFAULT_CONFIG = Path.of("config", "wcs-ami.json");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration: JSON, comments allowed. Repeatable, a later one overrides an earlier one."
              + " Default: config/wcs-ami.json.")
  private List<Path> config = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Set one field, over all files: a dotted path and a JSON value (quotes around a plain"
              + " word may be left out). Repeatable.")
  private List<String> settings = new ArrayList<>();

  /** The options that lead another command to the same configuration. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    config.forEach(file -> words.addAll(List.of("--config", file.toString())));
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    return words;
  }

  /** As given, or the default one. */
  public List<Path> files() {
    return config.isEmpty() ? List.of(DEFAULT_CONFIG) : List.copyOf(config);
  }

  public List<String> settings() {
    return List.copyOf(settings);
  }
}
