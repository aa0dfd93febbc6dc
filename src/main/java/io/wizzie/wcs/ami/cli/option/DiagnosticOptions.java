package io.wizzie.wcs.ami.cli.option;

import io.wizzie.wcs.ami.event.Verbosity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a command tells on stderr. */
public final class DiagnosticOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      hidden = true,
      names = {"-v", "--verbose"},
      description = "Also what the guest prints, in full, and stack traces.")
  private boolean verbose;

  @Option(
      hidden = true,
      names = {"-q", "--quiet"},
      description = "Only warnings and errors.")
  private boolean quiet;

  @Option(
      hidden = true,
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this page.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean help;

  public boolean verbose() {
    return verbose;
  }

  public Verbosity verbosity() {
    if (verbose && quiet) {
      throw new ParameterException(
          command.commandLine(), "--verbose and --quiet exclude each other");
    }
    return verbose ? Verbosity.VERBOSE : quiet ? Verbosity.QUIET : Verbosity.NORMAL;
  }
}
