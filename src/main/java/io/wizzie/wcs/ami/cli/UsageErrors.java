package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.cli.report.FailureDocument;
import io.wizzie.wcs.ami.cli.report.Messages;
import io.wizzie.wcs.ami.cli.terminal.ExitCode;
import io.wizzie.wcs.ami.config.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells, in one line, what is wrong with a command line, and where to read on. */
final class UsageErrors implements IParameterExceptionHandler {
  /** An enum's words, as picocli lists them. */
  private static final Pattern CHOICE = Pattern.compile("one of \\[(.*)] \\(case-insensitive\\)");

  private final Messages messages;
  private final FailureResult result;

  UsageErrors(Messages messages, FailureResult result) {
    this.messages = messages;
    this.result = result;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    String message = message(failure, command, args);
    String end = message.endsWith("?") ? "" : ".";
    messages.error(message + end + " See '" + command.qualifiedName() + " --help'.");
    result.tell(command, code -> FailureDocument.usage(message + end, code), ExitCode.USAGE);
    return ExitCode.USAGE.code();
  }

  private static String message(ParameterException failure, CommandSpec command, String... args) {
    Optional<String> variable =
        Stream.of(args).filter(arg -> arg.matches("--?var(=.*)?")).findFirst();
    if (variable.isPresent()) {
      // Of -var, parsing would make -v and an unknown rest.
      return "Unknown option '"
          + name(variable.get())
          + "'; a field of the configuration is set with --set, as in '--set version=2.0.0'";
    }
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched.getUnmatched().get(0), command);
    }
    String message =
        failure.getMessage() == null
            ? "The command line can't be understood"
            : failure.getMessage();
    String line =
        CHOICE
            .matcher(message.lines().findFirst().orElse(message))
            .replaceAll(choice -> choice.group(1).toLowerCase(Locale.ROOT).replace(", ", " or "));
    String begun = line.startsWith("option ") ? "Option " + line.substring(7) : line;
    return begun.endsWith(".") ? begun.substring(0, begun.length() - 1) : begun;
  }

  private static String name(String argument) {
    return argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
  }

  private static String unmatched(String argument, CommandSpec command) {
    String name = name(argument);
    if (name.startsWith("-")) {
      return "Unknown option '" + name + "'" + hint(name, command);
    }
    List<String> commands = List.copyOf(command.subcommands().keySet());
    if (commands.isEmpty()) {
      return "Unexpected argument '" + argument + "'";
    }
    return "Unknown command '" + name + "'" + nearest(name, commands);
  }

  private static String hint(String option, CommandSpec command) {
    Optional<String> owner =
        command.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(sub -> sub.optionsMap().containsKey(option))
            .map(CommandSpec::name)
            .findFirst();
    if (owner.isPresent()) {
      return "; it goes after the command, as in '"
          + command.qualifiedName()
          + " "
          + owner.get()
          + " "
          + option
          + "'";
    }
    return nearest(option, new ArrayList<>(command.optionsMap().keySet()));
  }

  private static String nearest(String written, List<String> names) {
    // A single letter is near to every other.
    List<String> words = names.stream().filter(name -> name.length() > 2).toList();
    return (written.length() > 2 ? NearestName.of(written, words) : Optional.<String>empty())
        .map(name -> "; did you mean '" + name + "'?")
        .orElse("");
  }
}
