package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.command.LocalRegions.OpenRegion;
import io.wizzie.wcs.ami.event.Verbosity;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wcs-ami local serve}: the endpoint for any EC2 client. */
@Command(
    name = "serve",
    header = "Serve the local region to any EC2 client, until interrupted.",
    description = {
      "Opens the EC2 endpoint on 127.0.0.1 and prints its URL on stdout. Any client works: the AWS"
          + " CLI, SDKs, other tools; any credentials do. Ctrl-C ends serving, and exits with 0;"
          + " instances keep running, as they would in AWS.",
    })
final class LocalServeCommand extends WorkCommand {
  @Spec private CommandSpec command;
  @Mixin private StateOptions state = new StateOptions();
  @Mixin private EndpointOptions endpoint = new EndpointOptions();

  LocalServeCommand(CommandContext context) {
    super(context);
  }

  /** Where it is served. */
  @OptionGroup("Endpoint")
  static final class EndpointOptions {
    @Option(
        names = "--port",
        paramLabel = "N",
        description = "Port on 127.0.0.1. Default: any free one.")
    private int port;
  }

  @Override
  ExitCode work() {
    if (endpoint.port < 0 || endpoint.port > 65535) {
      throw new ParameterException(
          command.commandLine(), "--port: " + endpoint.port + " is not between 0 and 65535");
    }
    Verbosity verbosity = diagnostics().verbosity();
    Path stateFolder = state.folder(environment());
    try (OpenRegion region = open(stateFolder, verbosity)) {
      ExitCode told = told(context().result().line(region.endpoint().toString()));
      if (told != ExitCode.OK) {
        return told;
      }
      if (verbosity != Verbosity.QUIET) {
        usage(region.endpoint().toString());
      }
      return serve();
    }
  }

  private OpenRegion open(Path stateFolder, Verbosity verbosity) {
    try (ConsoleSession console = ConsoleSession.open(context(), verbosity)) {
      return console.stage(
          "region",
          "Open the local region",
          progress -> parts().local().open(stateFolder, endpoint.port, progress),
          opened -> opened.endpoint().toString());
    }
  }

  /** An interrupt is the way in which serving is meant to end. */
  private ExitCode serve() {
    try {
      new CountDownLatch(1).await();
      throw new IllegalStateException("A latch that nobody opens was opened");
    } catch (InterruptedException stopped) {
      context().interrupts().workIsOver();
      return ExitCode.OK;
    }
  }

  private void usage(String url) {
    context().messages().note("Serving until Ctrl-C. In another terminal, for instance:");
    context().messages().note("  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local");
    context().messages().note("  aws ec2 describe-images --region local --endpoint-url " + url);
  }
}
