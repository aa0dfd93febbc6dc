package io.wizzie.wcs.ami.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Tells IDs of images from what was mistaken for one, before EC2 is asked. */
public final class ImageIds {
  private ImageIds() {}

  /** Refuses what can't be the ID of an image, which is a matter of usage. */
  public static void check(CommandSpec command, String image) {
    if (!image.matches("ami-[0-9a-f]{8,17}")) {
      throw new ParameterException(
          command.commandLine(),
          "'" + image + "' is not the ID of an image, such as ami-0123456789abcdef0");
    }
  }
}
