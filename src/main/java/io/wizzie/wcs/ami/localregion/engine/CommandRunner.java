package io.wizzie.wcs.ami.localregion.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Runs programs of this machine, without a shell. */
@FunctionalInterface
interface CommandRunner {
  /** The exit status that shells give for a program that is not installed. */
  int NOT_FOUND = 127;

  /**
   * Runs a program to its end.
   *
   * @param timeout after which it is killed and the call fails
   * @param progress gets each line that the program writes to its standard error, while it runs
   * @return its outcome, whatever the exit status; {@link #NOT_FOUND} when there is no such program
   */
  Outcome run(List<String> command, Duration timeout, Consumer<String> progress);

  default Outcome run(List<String> command, Duration timeout) {
    return run(command, timeout, line -> {});
  }

  /** How a program ended and what it wrote. */
  record Outcome(int exitCode, String stdout, String stderr) {
    boolean succeeded() {
      return exitCode == 0;
    }

    /** The last thing it wrote to its standard error: what programs say why they fail. */
    String reason() {
      String text = stderr.strip();
      return text.isEmpty()
          ? "exit status " + exitCode
          : text.substring(text.lastIndexOf('\n') + 1).strip().replaceFirst("^Error: ", "");
    }
  }
}
