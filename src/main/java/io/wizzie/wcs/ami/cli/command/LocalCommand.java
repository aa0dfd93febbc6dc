package io.wizzie.wcs.ami.cli.command;

import picocli.CommandLine.Command;

/** {@code wcs-ami local}: groups the commands of the local region. */
@Command(
    name = "local",
    header = "The local region: prepare, look at, serve and remove it.",
    description = {
      "The local region is an EC2 endpoint on this machine whose instances are containers with a"
          + " system of their own. Build in it with 'wcs-ami build --region local'; these commands"
          + " are for the rest.",
    },
    footer = {
      "wcs-ami local up",
      "wcs-ami local serve --port 4566",
      "wcs-ami local status",
    })
final class LocalCommand extends GroupCommand {}
