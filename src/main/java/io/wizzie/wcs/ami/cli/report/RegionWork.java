package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.event.Verbosity;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Work in a region, as its report needs it.
 *
 * @param name what it is called, such as {@code build}
 * @param subject the ID of the image that is looked at; of a build, empty
 * @param folder where its logs and results are
 * @param remedy the command that removes whatever it should leave
 * @param advice one line on what to do when it fails; null when there is none
 * @param manifest the file of a build's manifest; null when it makes none
 */
public record RegionWork(
    String name,
    String subject,
    Path folder,
    String remedy,
    @Nullable String advice,
    @Nullable Path manifest,
    Format format,
    Verbosity verbosity) {
  /** How the result is written on stdout. */
  public enum Format {
    TABLE,
    JSON,
    SARIF;

    public static Format of(boolean json) {
      return json ? JSON : TABLE;
    }
  }

  Path log() {
    return folder.resolve("build.log");
  }
}
