package io.wizzie.wcs.ami.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.cli.report.ResultStream;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Sees to it that who asked for {@code --output json} gets an object in any case, also where the
 * arguments can't be parsed: a program that reads stdout must not have to parse stderr.
 */
final class FailureResult {
  private static final String OPTION = "--output";

  /** In the arguments, each after a NUL. */
  private static final Pattern JSON = Pattern.compile("\0" + OPTION + "[=\0](?i:json)(?:\0|$)");

  private final ResultStream stream;
  private final boolean wanted;

  FailureResult(ResultStream stream, String... args) {
    this.stream = stream;
    this.wanted = JSON.matcher("\0" + String.join("\0", args)).find();
  }

  /**
   * Prints the document, where one is wanted and the command itself has printed nothing yet.
   *
   * @param command the one that failed, as far as it is known
   * @param document makes it of the exit code
   */
  void tell(CommandSpec command, IntFunction<ObjectNode> document, ExitCode code) {
    if (wanted && mayMeanFormat(command) && !stream.begun()) {
      // Should nobody read it, the exit code tells of the failure anyway.
      stream.json(document.apply(code.code()));
    }
  }

  /** Of export, --output names a file. */
  private static boolean mayMeanFormat(CommandSpec command) {
    OptionSpec option = command.findOption(OPTION);
    return option == null || option.type().isEnum();
  }
}
