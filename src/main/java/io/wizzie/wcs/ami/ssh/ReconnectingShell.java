package io.wizzie.wcs.ami.ssh;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final int mostLosses;
  private final @Nullable RemoteShell borrowed;
  private RemoteShell current;

  /**
   * @param reconnect opens a new connection, or fails when that takes too long
   * @param progress gets a line at each loss
   */
  public ReconnectingShell(
      RemoteShell first, Supplier<RemoteShell> reconnect, Consumer<String> progress) {
    this(first, reconnect, progress, MAX_LOSSES, null);
  }

  private ReconnectingShell(
      RemoteShell first,
      Supplier<RemoteShell> reconnect,
      Consumer<String> progress,
      int mostLosses,
      @Nullable RemoteShell borrowed) {
    this.mostLosses = mostLosses;
    this.borrowed = borrowed;
    this.current = first;
    this.reconnect = reconnect;
    this.progress = progress;
  }

  /** The same around a shell that is its owner's to close. */
  public static ReconnectingShell borrowing(
      RemoteShell first,
      Supplier<RemoteShell> reconnect,
      Consumer<String> progress,
      int mostLosses) {
    return new ReconnectingShell(first, reconnect, progress, mostLosses, first);
  }

  /** The shell that is connected now. */
  public synchronized RemoteShell current() {
    return current;
  }

  /**
   * Runs a command, at most {@value #MAX_LOSSES} times, or as often as a borrower has said.
   *
   * @throws ConnectionLostException when the connection was lost each time
   */
  @Override
  public CommandResult run(RemoteCommand command) {
    return repeat(shell -> shell.run(command), () -> 0);
  }

  /**
   * Runs a command again and again that goes on where it stopped.
   *
   * @param command made anew for each connection
   * @param reached how far it came: a loss after which it came further does not count, since an
   *     hour of output over a bad line may lose any number of connections
   */
  public CommandResult run(Supplier<RemoteCommand> command, IntSupplier reached) {
    return repeat(shell -> shell.run(command.get()), reached);
  }

  /** Runs a command, made anew for each connection, and fails unless it exits 0. */
  public CommandResult require(Supplier<RemoteCommand> command, String doing) {
    return repeat(shell -> shell.require(command.get(), doing), () -> 0);
  }

  private CommandResult repeat(Function<RemoteShell, CommandResult> use, IntSupplier reached) {
    int losses = 0;
    int last = reached.getAsInt();
    while (true) {
      RemoteShell shell = current();
      try {
        return use.apply(shell);
      } catch (ConnectionLostException e) {
        int now = reached.getAsInt();
        losses = now > last ? 1 : losses + 1;
        last = now;
        if (losses == mostLosses) {
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
      closeOwn(lost);
      current = reconnect.get();
    }
  }

  @Override
  public void close() {
    closeOwn(current());
  }

  private void closeOwn(RemoteShell shell) {
    if (shell != borrowed) {
      shell.close();
    }
  }
}
