package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.cli.command.LocalRegions.OpenRegion;
import io.wizzie.wcs.ami.cli.report.Invocation;
import io.wizzie.wcs.ami.cli.terminal.Environment.Registration;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.localregion.model.Policy;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioBook;
import io.wizzie.wcs.ami.localregion.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wcs-ami local serve}: the endpoint for any EC2 client. */
@Command(
    name = "serve",
    header = "Serve the local region to any EC2 client, until interrupted.",
    description = {
      "Opens the EC2 endpoint on 127.0.0.1 and prints its URL on stdout. Any client works: the AWS"
          + " CLI, SDKs, other tools, with the access key that 'wcs-ami local env' tells them. Ctrl-C"
          + " ends serving, and exits with 0; instances keep running, as they would in AWS.",
      "",
      "A policy is judged by its actions (with * and ?, in any case); a Deny wins. One that limits"
          + " EC2's actions to resources or by conditions is refused.",
    },
    footer = {
      "wcs-ami local serve --port 4566",
      "wcs-ami local serve --port 4566 --policy none",
      "eval \"$(wcs-ami local env)\"  # in another terminal",
      "aws ec2 describe-images --endpoint-url \"$AWS_ENDPOINT_URL_EC2\"",
    })
final class LocalServeCommand extends LocalStateCommand {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port on 127.0.0.1. Default: any free one.")
  private int port;

  @Option(
      names = "--policy",
      paramLabel = "FILE|none",
      description =
          "IAM policy (JSON) that says which EC2 actions clients may call, or none to allow all."
              + " Default: the 32 actions that the project's own policy allows.")
  private @Nullable String policy;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description =
          "Put this scenario of delays and faults in force while serving; see 'wcs-ami local"
              + " scenario --help'.")
  private @Nullable Path scenario;

  @Override
  ExitCode work() {
    if (port < 0 || port > 65535) {
      throw wrong("--port: " + port + " is not between 0 and 65535");
    }
    Policy policy = policy();
    try (Registration scenario = scenario()) {
      Objects.requireNonNull(scenario);
      OpenRegion region =
          stage(
              "region",
              "Open the local region",
              progress -> parts().local().serve(stateFolder(), port, policy, progress),
              opened -> opened.endpoint().toString());
      try {
        return serve(region.endpoint().toString());
      } finally {
        region.closing().accept(this::note);
      }
    }
  }

  private ExitCode serve(String url) {
    ExitCode told = told(output().result().value(url));
    if (told != ExitCode.OK) {
      return told;
    }
    note("Serving until Ctrl-C. In another terminal, for instance:");
    note(
        "  eval \"$(" + Invocation.of(List.of("local", "env"), state.words(environment())) + ")\"");
    note("  aws ec2 describe-images --endpoint-url " + url);
    return untilInterrupted();
  }

  /** A file called none is {@code ./none}. */
  private Policy policy() {
    String given = policy;
    if (given == null) {
      return Policy.ofTheProject();
    }
    return given.equals("none")
        ? Policy.none()
        : Policy.read(environment().resolve(Path.of(given)));
  }

  /** Ends with serving, unless another one was put in its place meanwhile. */
  private Registration scenario() {
    if (scenario == null) {
      return () -> {};
    }
    String text = ScenarioReader.text(environment().resolve(scenario));
    ScenarioBook book = new ScenarioBook(stateFolder(), environment().clock());
    book.set(text);
    return () -> {
      if (book.text().equals(Optional.of(text))) {
        book.clear();
      }
    };
  }

  /** An interrupt is the way in which serving is meant to end. */
  private ExitCode untilInterrupted() {
    try {
      new CountDownLatch(1).await();
      throw new IllegalStateException("A latch that nobody opens was opened");
    } catch (InterruptedException stopped) {
      output().interrupts().closing();
      return ExitCode.OK;
    }
  }
}
