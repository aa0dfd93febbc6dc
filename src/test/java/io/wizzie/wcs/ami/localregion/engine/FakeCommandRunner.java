package io.wizzie.wcs.ami.localregion.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Answers commands by what they contain, the latest rule first, and remembers them. */
final class FakeCommandRunner implements CommandRunner {
  private final List<Rule> rules = new ArrayList<>();
  private final List<List<String>> commands = new ArrayList<>();

  /** What is said so many times; then the rules before it count. */
  private record Rule(String part, Outcome outcome, AtomicInteger left) {
    boolean applies(String line) {
      return line.contains(part) && left.getAndDecrement() > 0;
    }
  }

  /** Any other command succeeds and says nothing. */
  FakeCommandRunner answer(String part, int exitCode, String stdout, String stderr) {
    return answer(part, Integer.MAX_VALUE, new Outcome(exitCode, stdout, stderr));
  }

  private FakeCommandRunner answer(String part, int times, Outcome outcome) {
    rules.add(0, new Rule(part, outcome, new AtomicInteger(times)));
    return this;
  }

  /** Fails so many times, and then answers as before. */
  FakeCommandRunner failsAtFirst(int times, String part, String stderr) {
    return answer(part, times, new Outcome(125, "", stderr));
  }

  FakeCommandRunner prints(String part, String stdout) {
    return answer(part, 0, stdout, "");
  }

  FakeCommandRunner fails(String part, String stderr) {
    return answer(part, 125, "", stderr);
  }

  FakeCommandRunner isMissing(String program) {
    return answer(program, NOT_FOUND, "", "No such file or directory");
  }

  @Override
  public Outcome run(List<String> command, Duration timeout, Consumer<String> progress) {
    commands.add(List.copyOf(command));
    String line = String.join(" ", command);
    for (Rule rule : rules) {
      if (rule.applies(line)) {
        return rule.outcome();
      }
    }
    return new Outcome(0, "", "");
  }

  /** Every command so far, each as one line. */
  List<String> lines() {
    return commands.stream().map(command -> String.join(" ", command)).toList();
  }

  /** The only command whose line contains a text. */
  List<String> only(String part) {
    List<List<String>> found =
        commands.stream().filter(command -> String.join(" ", command).contains(part)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " commands with " + part + ": " + lines());
    }
    return found.get(0);
  }
}
