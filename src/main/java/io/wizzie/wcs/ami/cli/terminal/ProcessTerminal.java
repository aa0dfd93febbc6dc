package io.wizzie.wcs.ami.cli.terminal;

import io.wizzie.wcs.ami.cli.terminal.Environment.Registration;
import io.wizzie.wcs.ami.cli.terminal.Environment.Stream;
import io.wizzie.wcs.ami.cli.terminal.Environment.Terminal;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the shell what the process's streams are connected to. The JDK knows of stdin and stdout
 * only together, while {@code AMI=$(wcs-ami build)} has a terminal on stderr alone.
 */
public final class ProcessTerminal implements Terminal {
  private static final int PATIENCE_SECONDS = 2;

  private final Map<Stream, Boolean> terminals = new EnumMap<>(Stream.class);
  private @Nullable Integer columns;
  private @Nullable Registration resizes;

  @Override
  public synchronized boolean isTerminal(Stream stream) {
    Boolean known = terminals.get(stream);
    if (known == null) {
      String test = stream == Stream.STDOUT ? "test -t 1" : "test -t 2";
      ProcessBuilder shell =
          new ProcessBuilder("sh", "-c", test)
              .redirectOutput(Redirect.INHERIT)
              .redirectError(Redirect.INHERIT);
      known = "".equals(answer(shell));
      terminals.put(stream, known);
    }
    return known;
  }

  /** Asked once, and again after the window was resized, which the kernel tells with SIGWINCH. */
  @Override
  public synchronized int columns() {
    if (resizes == null) {
      resizes = ProcessSignals.handle("WINCH", this::forgetColumns);
    }
    Integer known = columns;
    if (known == null) {
      String answer = answer(new ProcessBuilder("sh", "-c", "stty size </dev/tty 2>/dev/null"));
      known = answer == null ? 0 : columns(answer);
      columns = known;
    }
    return known;
  }

  private synchronized void forgetColumns() {
    columns = null;
  }

  /** {@code stty size} prints rows and columns. */
  private static int columns(String size) {
    String[] numbers = size.strip().split(" ", -1);
    return numbers.length == 2 && numbers[1].matches("[0-9]{1,5}")
        ? Integer.parseInt(numbers[1])
        : 0;
  }

  /**
   * What the command printed to a pipe; null when it failed: then nothing is known of a terminal.
   */
  static @Nullable String answer(ProcessBuilder command) {
    try {
      Process process = command.start();
      process.getOutputStream().close();
      // Read afterwards: reading waits for as long as the command runs. The pipe holds the answer.
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return null;
      }
      return process.exitValue() == 0
          ? new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
          : null;
    } catch (IOException noShell) {
      // A system without sh or stty: plain output suits it.
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
