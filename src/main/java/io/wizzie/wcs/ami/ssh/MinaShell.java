package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.DurationText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A logged-in session of MINA SSHD. */
final class MinaShell implements RemoteShell {
  static final int KEPT_OUTPUT = 256 * 1024;

  /**
   * How long output may stay silent after the exit status until the command counts as ended. A
   * daemon that it left behind holds its output open for ever.
   */
  private static final Duration LINGER = Duration.ofSeconds(5);

  /** POSIX's exit status for what was found but could not be run. */
  static final int NOT_RUN = 126;

  private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** Signal numbers of Linux for the names of RFC 4254, section 6.10. */
  private static final List<String> SIGNALS =
      List.of(
          "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
          "USR2", "PIPE", "ALRM", "TERM");

  private final SshClient client;
  private final ClientSession session;
  private final SessionEvidence evidence;
  private final String server;
  private final Duration guestCommand;
  private final AtomicBoolean closed = new AtomicBoolean();

  MinaShell(
      SshClient client,
      ClientSession session,
      SessionEvidence evidence,
      String server,
      Duration guestCommand) {
    this.client = client;
    this.session = session;
    this.evidence = evidence;
    this.server = server;
    this.guestCommand = guestCommand;
  }

  @Override
  public @Nullable PublicKey hostKey() {
    return evidence.presented();
  }

  @Override
  public CommandResult run(RemoteCommand command) {
    return runWithin(command.brief() ? command.withTimeout(guestCommand) : command);
  }

  private CommandResult runWithin(RemoteCommand command) {
    if (command.timeout().isNegative() || command.timeout().isZero()) {
      throw Category.GUEST.failure("No time is left for " + name(command) + field(command) + ".");
    }
    long deadline = System.nanoTime() + command.timeout().toNanos();
    CommandFrame frame = new CommandFrame();
    CommandChannel channel = open(command, frame);
    @Nullable StdinPump stdin = null;
    try {
      if (command.stdin() == null) {
        channel.getInvertedIn().close();
      } else {
        stdin = StdinPump.start(channel, command.stdin());
      }
      RunningCommand running = new RunningCommand(channel, frame, command, LINGER);
      if (!running.followUntil(deadline)) {
        // Shorter commands than the heartbeat takes to notice: the silence may be the line's.
        if (!answers()) {
          throw lost(command, null);
        }
        channel.stop();
        throw timedOut(command, running);
      }
      requireInputSent(command, stdin);
      return result(command, channel, running);
    } catch (InterruptedException e) {
      channel.stop();
      throw interrupted(e);
    } catch (IOException e) {
      throw lost(command, e);
    } finally {
      channel.close(false);
      if (stdin != null) {
        stdin.abandon();
      }
    }
  }

  /** Whether the server still gives a sign of life, be it a refusal. */
  private boolean answers() throws InterruptedException {
    try {
      String request = "keepalive@openssh.com";
      Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
      buffer.putString(request);
      buffer.putBoolean(true);
      session.request(request, buffer, ANSWER_TIMEOUT);
      return true;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (InterruptedIOException e) {
      throw new InterruptedException(e.getMessage());
    } catch (IOException ended) {
      return false;
    }
  }

  private CommandChannel open(RemoteCommand command, CommandFrame frame) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(new InterruptedException());
    }
    CommandChannel channel = new CommandChannel(frame.around(command.text()));
    try {
      session.getService(ConnectionService.class).registerChannel(channel);
      channel.open().verify(shorter(OPEN_TIMEOUT, command.timeout()));
      return channel;
    } catch (InterruptedIOException e) {
      channel.close(false); // The server may have opened it meanwhile: it has to be told.
      throw interrupted(new InterruptedException(e.getMessage()));
    } catch (IOException | IllegalStateException e) {
      channel.close(true);
      if (e.getCause() instanceof SshChannelOpenException refusal) {
        throw Category.ACCESS.failure(
            String.format(
                "%s did not take the command %s: %s. Its sshd may allow few sessions for one"
                    + " connection (MaxSessions).",
                server, name(command), refusal.getMessage()),
            e);
      }
      throw lost(command, e);
    }
  }

  private CommandResult result(
      RemoteCommand command, CommandChannel channel, RunningCommand running) {
    Integer code = running.exitCode();
    if (code != null) {
      return running.result(code);
    }
    Integer status = channel.getExitStatus();
    if (status != null) {
      // A shell that ran no command, or not to its end, must not pass for one that succeeded.
      return running.result(status == 0 ? NOT_RUN : status);
    }
    String signal = channel.getExitSignal();
    if (signal != null) {
      return running.result(128 + Math.max(0, SIGNALS.indexOf(signal)));
    }
    throw lost(command, null);
  }

  private void requireInputSent(RemoteCommand command, @Nullable StdinPump stdin) {
    Throwable failure = stdin == null ? null : stdin.failure();
    if (failure instanceof BuildException known) {
      throw known;
    }
    if (failure != null) {
      throw Category.HOST.failure(
          "Could not produce the input of " + name(command) + ": " + failure, failure);
    }
  }

  private BuildException timedOut(RemoteCommand command, RunningCommand running) {
    String tail = running.tail();
    return Category.GUEST.failure(
        name(command)
            + " did not end within "
            + DurationText.of(command.timeout())
            + field(command)
            + " and was stopped."
            + (tail.isEmpty() ? " It printed nothing." : " It last printed:\n" + tail));
  }

  private static String field(RemoteCommand command) {
    return command.field().isEmpty() ? "" : " (" + command.field() + ")";
  }

  private BuildException interrupted(InterruptedException cause) {
    return BuildException.interrupted("waiting for a command on " + server, cause);
  }

  private ConnectionLostException lost(RemoteCommand command, @Nullable Exception cause) {
    String reason = evidence.disconnectReason();
    return new ConnectionLostException(
        "The connection to %s ended before %s reported its exit status%s."
            .formatted(
                server,
                name(command),
                reason == null || reason.isBlank() ? "" : " (" + reason.strip() + ")"),
        cause);
  }

  /** The command in a message: its first words, since some are whole scripts. */
  private static String name(RemoteCommand command) {
    String line = command.text().strip().lines().findFirst().orElse("");
    return "`" + (line.length() <= 80 ? line : line.substring(0, 77) + "...") + "`";
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      closeQuietly(client);
    }
  }

  static void closeQuietly(SshClient client) {
    try {
      client.close(true).await(CLOSE_TIMEOUT);
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // It is closed all the same, and nobody needs it any more.
      client.close(true);
    }
  }
}
