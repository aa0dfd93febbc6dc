package io.wizzie.wcs.ami.ssh;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A shell that outlives its connection: a command is run again over a new one when the connection
 * is lost under it. For commands that do no harm when they are run twice, even side by side, since
 * nobody knows what became of the first; {@link #runOnce} is for the others.
 */
public final class ReconnectingShell implements RemoteShell {
  /** A command that ends its own connection each time must not go on for ever. */
  static final int MAX_LOSSES = 5;

  private final Supplier<RemoteShell> reconnect;
  private final Consumer<String> progress;
  private RemoteShell current;

  /**
   * @param reconnect opens a new connection, or fails when that takes too long
   * @param progress gets a line at each loss
   */
  public ReconnectingShell(
      RemoteShell first, Supplier<RemoteShell> reconnect, Consumer<String> progress) {
    this.current = first;
    this.reconnect = reconnect;
    this.progress = progress;
  }

  /** The shell that is connected now. */
  public synchronized RemoteShell current() {
    return current;
  }

  /**
   * Runs a command, at most {@value #MAX_LOSSES} times.
   *
   * @throws ConnectionLostException when the connection was lost each time
   */
  @Override
  public CommandResult run(RemoteCommand command) {
    for (int losses = 1; ; losses++) {
      RemoteShell shell = current();
      try {
        return shell.run(command);
      } catch (ConnectionLostException e) {
        if (losses == MAX_LOSSES) {
          throw e;
        }
        replace(shell);
      }
    }
  }

  @Override
  public CommandResult runOnce(RemoteCommand command) {
    return current().run(command);
  }

  /** One new connection for all commands that lost the same one. */
  private synchronized void replace(RemoteShell lost) {
    if (current == lost) {
      progress.accept("The connection was lost; connecting again.");
      lost.close();
      current = reconnect.get();
    }
  }

  @Override
  public void close() {
    current().close();
  }
}
