package io.wizzie.wcs.ami.cli.command;

import java.nio.file.Path;

/**
 * What of the local region's images is written where.
 *
 * @param image ID, or a name that only one has
 * @param target a file, which is replaced if it exists
 */
public record ImageExport(String image, Format format, Path target) {
  /** How a file system is written. */
  public enum Format {
    /** An archive. */
    TAR,
    /** An ext4 file system, to be mounted. */
    RAW
  }
}
