package io.wizzie.wcs.ami.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows a command's output on the thread that waits for its end. */
final class RunningCommand {
  /** How often the exit status is looked for while nothing else comes. */
  private static final long TICK = TimeUnit.SECONDS.toNanos(1);

  /** A daemon that keeps talking is listened to for this many times the silence allowed. */
  private static final int LONGEST = 6;

  private static final int SHOWN_TAIL = 2000;

  private final CommandChannel channel;
  private final long linger;
  private final TailBuffer stdout = new TailBuffer(MinaShell.KEPT_OUTPUT);
  private final TailBuffer stderr = new TailBuffer(MinaShell.KEPT_OUTPUT);
  private final OutputLines stdoutLines;
  private final OutputLines stderrLines;
  private final CommandFrame.Stream framedStdout;
  private final CommandFrame.Stream framedStderr;

  RunningCommand(
      CommandChannel channel, CommandFrame frame, RemoteCommand command, Duration linger) {
    this.channel = channel;
    this.linger = linger.toNanos();
    this.stdoutLines = new OutputLines(command.onLine());
    this.stderrLines = new OutputLines(command.onLine());
    this.framedStdout = frame.stream(bytes -> take(bytes, stdout, stdoutLines));
    this.framedStderr = frame.stream(bytes -> take(bytes, stderr, stderrLines));
  }

  /**
   * Hands on lines until the command ended.
   *
   * @param deadline in terms of {@link System#nanoTime}
   * @return false when the deadline passed first
   */
  boolean followUntil(long deadline) throws InterruptedException, IOException {
    long lastArrival = System.nanoTime();
    long exitSeen = 0;
    while (true) {
      long now = System.nanoTime();
      long left = deadline - now;
      boolean exited =
          channel.getExitStatus() != null
              || channel.getExitSignal() != null
              || (framedStdout.exitCode() != null && framedStderr.exitCode() != null);
      if (exited) {
        if (exitSeen == 0) {
          exitSeen = now;
        }
        long silent = now - Math.max(lastArrival, exitSeen);
        if (left <= 0 || silent >= linger || now - exitSeen >= LONGEST * linger) {
          break;
        }
      }
      if (left <= 0) {
        endLines();
        return false;
      }
      CommandChannel.Arrival arrival = channel.await(Math.min(left, exited ? linger : TICK));
      if (arrival == CommandChannel.Arrival.END) {
        break;
      }
      if (arrival != null) {
        take(arrival);
        lastArrival = System.nanoTime();
      }
    }
    endLines();
    return true;
  }

  private void endLines() {
    framedStdout.end();
    framedStderr.end();
    stdoutLines.end();
    stderrLines.end();
  }

  private void take(CommandChannel.Arrival arrival) throws IOException {
    (arrival.error() ? framedStderr : framedStdout).write(arrival.bytes());
    channel.taken(arrival);
  }

  private static void take(byte[] bytes, TailBuffer kept, OutputLines lines) {
    kept.write(bytes);
    lines.write(bytes);
  }

  /** The exit code that the command itself had; null when it did not live to say one. */
  @Nullable Integer exitCode() {
    Integer code = framedStdout.exitCode();
    return code == null ? framedStderr.exitCode() : code;
  }

  /**
   * The command's end.
   *
   * @param exitCode the command's, or the login shell's where that ended without having run it
   */
  CommandResult result(int exitCode) {
    if (framedStdout.begun() || framedStderr.begun()) {
      return new CommandResult(exitCode, stdout.text(), stderr.text());
    }
    return new CommandResult(exitCode, framedStdout.before(), framedStderr.before());
  }

  /** The end of what was printed, for a message. */
  String tail() {
    String error = stderr.text().strip();
    String text =
        !framedStdout.begun()
            ? (framedStdout.before() + framedStderr.before()).strip()
            : error.isEmpty() ? stdout.text().strip() : error;
    return text.substring(Math.max(0, text.length() - SHOWN_TAIL));
  }
}
