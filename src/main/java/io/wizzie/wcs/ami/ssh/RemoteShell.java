package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.security.PublicKey;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A logged-in session that runs commands in the guest, one at a time or side by side. */
public interface RemoteShell extends AutoCloseable {
  /** A line of output longer than this many bytes, or a few more, comes in pieces. */
  int SHORTEST_PIECE = OutputLines.MAX_LINE - 3;

  /**
   * Runs a command to its end, whatever its exit code.
   *
   * @throws ConnectionLostException when the connection ended before the command's exit status came
   * @throws BuildException category GUEST when the timeout passed (the command's channel is closed
   *     then), category INTERRUPTED when the thread was interrupted
   */
  CommandResult run(RemoteCommand command);

  /** Runs a command that must not be run twice, should the connection be lost under it. */
  default CommandResult runOnce(RemoteCommand command) {
    return run(command);
  }

  /** Runs a command and fails, with its output's tail, unless it exits 0. */
  default CommandResult require(RemoteCommand command, String doing) {
    CommandResult result = run(command);
    if (!result.succeeded()) {
      String output = result.stderr().isBlank() ? result.stdout() : result.stderr();
      throw Category.GUEST.failure(
          "%s failed with exit code %s:\n%s%s"
              .formatted(
                  doing, result.exitCode(), output.strip(), FullDisk.explanation(output, this)));
    }
    return result;
  }

  /** The host key that the server has proved to have; null where there is no server. */
  default @Nullable PublicKey hostKey() {
    return null;
  }

  @Override
  void close();

  /** Opens shells. */
  interface Connector {
    /**
     * The same, as patient as the configuration says.
     *
     * @param login how long one attempt may take, from the TCP connection on
     * @param rejection how long a rejected key is tried on
     * @param guestCommand how long a {@link RemoteCommand#brief} command may take
     */
    default Connector with(Duration login, Duration rejection, Duration guestCommand) {
      return this;
    }

    /**
     * Connects and logs in, trying again until it succeeds or the timeout passes.
     *
     * @param progress gets one line whenever the cause of failure changes
     * @throws BuildException category ACCESS; the message says which of no route, refused, timed
     *     out, wrong host key, key rejected or still booting it was, and what to check. A wrong
     *     host key is never retried
     */
    RemoteShell connect(
        SshTarget target, SshIdentity identity, Duration timeout, Consumer<String> progress);
  }
}
