package io.wizzie.wcs.ami.guest;

import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A shell that answers from a script and remembers what it was told. */
public final class ScriptedShell implements RemoteShell {
  private record Answer(String part, Function<RemoteCommand, CommandResult> result) {}

  private final List<Answer> answers = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private boolean closed;

  /** Answers the next command that contains {@code part}; each answer is given once. */
  public ScriptedShell on(String part, int exitCode, String stdout, String stderr) {
    return on(part, command -> new CommandResult(exitCode, stdout, stderr));
  }

  /** Answers the next command that contains {@code part} by what the function does. */
  public ScriptedShell on(String part, Function<RemoteCommand, CommandResult> result) {
    answers.add(new Answer(part, result));
    return this;
  }

  /** All commands, in order. */
  public List<String> commands() {
    return commands;
  }

  /** What the commands got on standard input; empty text for those without. */
  public List<String> inputs() {
    return inputs;
  }

  public boolean isClosed() {
    return closed;
  }

  /** Unscripted commands succeed and print nothing. */
  @Override
  public CommandResult run(RemoteCommand command) {
    commands.add(command.text());
    inputs.add(input(command));
    Optional<Answer> answer =
        answers.stream().filter(one -> command.text().contains(one.part())).findFirst();
    answer.ifPresent(answers::remove);
    CommandResult result =
        answer.map(one -> one.result().apply(command)).orElse(new CommandResult(0, "", ""));
    result.stdout().lines().forEach(command.onLine());
    result.stderr().lines().forEach(command.onLine());
    return result;
  }

  private static String input(RemoteCommand command) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (command.stdin() != null) {
      try {
        command.stdin().writeTo(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closed = true;
  }
}
