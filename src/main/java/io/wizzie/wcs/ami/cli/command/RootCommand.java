package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.report.ToolVersion;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
    versionProvider = RootCommand.Version.class)
final class RootCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show version, commit and JDK.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this page; after a command, the command's own.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean help;

  /** Reads the version only when it is asked for. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return ToolVersion.current().describe().split("\n", -1);
    }
  }

  /** Not a request for help, but a command that is missing: usage on stderr, and no success. */
  @Override
  public Integer call() {
    command.commandLine().usage(command.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
