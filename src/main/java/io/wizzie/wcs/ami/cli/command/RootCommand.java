package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.Output;
import io.wizzie.wcs.ami.cli.report.ToolVersion;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** {@code wcs-ami} itself: has commands and does nothing without one. */
@Command(
    name = "wcs-ami",
    header = "Build the Wizzie Community Stack's machine image with chef-solo.",
    description = {
      "An image is made in two phases, without a Chef server. Provisioning, before the image exists:"
          + " chef-solo converges the cookbooks of cookbooks/provision on a builder instance."
          + " Bootstrapping, afterwards: chef-solo converges those of cookbooks/bootstrap, which"
          + " the image carries, at the first boot of every instance of it.",
      "",
      "With --region local everything happens on this machine: instances are containers, and it"
          + " costs nothing.",
    },
    versionProvider = RootCommand.Version.class,
    footer = {
      "wcs-ami build --region local       rehearse on this machine",
      "wcs-ami build --region us-east-1   build in AWS",
      "wcs-ami help build                 everything about building",
    })
final class RootCommand extends GroupCommand {
  private final Output output;
  private final Supplier<Parts> source;
  private @Nullable Parts parts;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show version, commit and JDK.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean version;

  RootCommand(Output output, Supplier<Parts> parts) {
    this.output = output;
    this.source = parts;
  }

  /** The streams of all commands below it. */
  Output output() {
    return output;
  }

  /** The rest of the program, made when first asked for: help and version load none of it. */
  synchronized Parts parts() {
    Parts made = parts == null ? source.get() : parts;
    parts = made;
    return made;
  }

  /** Reads the version only when it is asked for. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return ToolVersion.current().describe().split("\n", -1);
    }
  }
}
