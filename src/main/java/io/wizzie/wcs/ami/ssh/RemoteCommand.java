package io.wizzie.wcs.ami.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A command for the login user's shell.
 *
 * @param text shell text; anything that comes from outside must have gone through {@link
 *     ShellWords#quote}
 * @param stdin writes the command's standard input; null for none
 * @param onLine gets each line of standard output and standard error as it arrives, without its end
 * @param timeout for the whole command
 * @param field of the configuration that says the timeout, for the message when it passes; empty
 *     when none does
 * @param brief whether it is a short command, for which the shell knows the configured timeout
 */
public record RemoteCommand(
    String text,
    @Nullable StdinWriter stdin,
    Consumer<String> onLine,
    Duration timeout,
    String field,
    boolean brief) {
  /** Writes a command's standard input; the stream is closed afterwards by the caller. */
  @FunctionalInterface
  public interface StdinWriter {
    void writeTo(OutputStream stdin) throws IOException;
  }

  public static RemoteCommand of(String text, Duration timeout) {
    return of(text, timeout, "");
  }

  public static RemoteCommand of(String text, Duration timeout, String field) {
    return new RemoteCommand(text, null, line -> {}, timeout, field, false);
  }

  /** A short command: one that only looks, or writes a small file. */
  public static RemoteCommand brief(String text) {
    return new RemoteCommand(
        text,
        null,
        line -> {},
        ConnectPolicy.standard().guestCommand(),
        "timeouts.guestCommand",
        true);
  }

  RemoteCommand withTimeout(Duration timeout) {
    return new RemoteCommand(text, stdin, onLine, timeout, field, brief);
  }

  public RemoteCommand withStdin(StdinWriter stdin) {
    return new RemoteCommand(text, stdin, onLine, timeout, field, brief);
  }

  public RemoteCommand withOnLine(Consumer<String> onLine) {
    return new RemoteCommand(text, stdin, onLine, timeout, field, brief);
  }
}
