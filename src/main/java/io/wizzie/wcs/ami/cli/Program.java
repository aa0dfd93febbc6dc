package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.cli.command.CommandTree;
import io.wizzie.wcs.ami.cli.command.Parts;
import io.wizzie.wcs.ami.cli.report.FailureDocument;
import io.wizzie.wcs.ami.cli.report.FailureMessages;
import io.wizzie.wcs.ami.cli.report.Messages;
import io.wizzie.wcs.ami.cli.report.Output;
import io.wizzie.wcs.ami.cli.report.ResultStream;
import io.wizzie.wcs.ami.cli.terminal.Environment;
import io.wizzie.wcs.ami.cli.terminal.Environment.Stream;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.cli.terminal.InterruptGuard;
import io.wizzie.wcs.ami.event.ConsoleStyle;
import io.wizzie.wcs.ami.event.SecretMask;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The whole program, but for the process around it. */
public final class Program {
  private final Supplier<Parts> parts;

  /**
   * @param parts asked for at most once in a run, and only by a command that needs them
   */
  public Program(Supplier<Parts> parts) {
    this.parts = parts;
  }

  /**
   * Runs one command line.
   *
   * @param out gets the result and nothing else
   * @param err gets everything else
   * @return the exit code, one of {@link ExitCode}'s
   */
  public int run(Environment environment, PrintStream out, PrintStream err, String... args) {
    ConsoleStyle style =
        new ConsoleStyle(environment.colours(Stream.STDERR), environment.unicode());
    // Everything that the program shows passes it.
    SecretMask mask = new SecretMask();
    Messages messages = new Messages(err, style, mask);
    try (InterruptGuard interrupts = new InterruptGuard(environment)) {
      ResultStream stdout = new ResultStream(out, mask);
      Output output = new Output(environment, stdout, messages, mask, interrupts);
      FailureResult result = new FailureResult(stdout, args);
      CommandLine command = CommandTree.of(output, parts);
      command.setOut(writer(out)).setErr(writer(err));
      command.setParameterExceptionHandler(new UsageErrors(messages, result));
      command.setExecutionExceptionHandler(
          (failure, failed, parsed) -> failed(failure, failed, output, result));
      boolean helpOnStdout = wantsHelp(args);
      new HelpPages(
              environment.columns(),
              environment.colours(helpOnStdout ? Stream.STDOUT : Stream.STDERR))
          .layOut(command);
      try {
        return command.execute(args);
      } catch (LinkageError | StackOverflowError | OutOfMemoryError broken) {
        return failed(broken, command, output, result);
      }
    }
  }

  private static int failed(
      Throwable failure, CommandLine command, Output output, FailureResult result) {
    ExitCode code = FailureMessages.tell(output, failure, CommandTree.verbose(command));
    result.tell(command.getCommandSpec(), number -> FailureDocument.of(failure, number), code);
    return code.code();
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static boolean wantsHelp(String... args) {
    List<String> given = Arrays.asList(args);
    return given.contains("--help") || given.contains("-h") || given.contains("help");
  }
}
