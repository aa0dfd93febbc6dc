package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wcs-ami local up}: the base image. */
@Command(
    name = "up",
    header = "Prepare the base image of the local region.",
    description = {
      "Makes, once, the image that the first instances are launched from: a Debian system with"
          + " systemd, OpenSSH and cloud-init. It takes about a minute; a build does it by itself"
          + " when it was not done. stdout carries the image's reference.",
    },
    footer = {
      "wcs-ami local up",
      "wcs-ami local up --image localhost/my-debian:12",
    })
final class LocalUpCommand extends LocalStateCommand {
  @Option(names = "--rebuild", description = "Make it again though it is there.")
  private boolean rebuild;

  @Option(
      names = "--image",
      paramLabel = "REF",
      description =
          "Take this container image of your own instead, now and later (--image= forgets it): a"
              + " Debian or Ubuntu system, which gets what an instance needs on top.")
  private @Nullable String image;

  @Override
  ExitCode work() {
    String reference =
        stage(
            "base-image",
            "Prepare the base image",
            progress -> parts().local().prepare(stateFolder(), rebuild, image, progress),
            made -> made);
    return told(output().result().value(reference));
  }
}
