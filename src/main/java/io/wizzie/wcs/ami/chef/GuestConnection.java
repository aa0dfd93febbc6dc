package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.ConnectionLostException;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The connection to the guest. A command that may be repeated is run again over a new one when it
 * is lost.
 */
final class GuestConnection {
  // A command that ends its own connection each time must not go on for ever.
  static final int MAX_LOSSES = 10;

  private final RemoteShell first;
  private final Supplier<RemoteShell> reconnect;
  private final Consumer<String> progress;
  private RemoteShell current;

  GuestConnection(RemoteShell first, Supplier<RemoteShell> reconnect, Consumer<String> progress) {
    this.first = first;
    this.reconnect = reconnect;
    this.progress = progress;
    this.current = first;
  }

  RemoteShell shell() {
    return current;
  }

  /** Runs a command that does no harm when it is run twice. */
  CommandResult run(Supplier<RemoteCommand> command) {
    return repeat(shell -> shell.run(command.get()), () -> 0);
  }

  /**
   * Runs a command again and again that goes on where it stopped.
   *
   * @param reached how far it came: a loss after which it came further does not count, since an
   *     hour of output over a bad line may lose any number of connections
   */
  CommandResult run(Supplier<RemoteCommand> command, IntSupplier reached) {
    return repeat(shell -> shell.run(command.get()), reached);
  }

  /** Runs a command that does no harm when it is run twice, and fails unless it exits 0. */
  CommandResult require(Supplier<RemoteCommand> command, String doing) {
    return repeat(shell -> shell.require(command.get(), doing), () -> 0);
  }

  private CommandResult repeat(Function<RemoteShell, CommandResult> use, IntSupplier reached) {
    int losses = 0;
    int last = reached.getAsInt();
    while (true) {
      try {
        return use.apply(current);
      } catch (ConnectionLostException e) {
        int now = reached.getAsInt();
        losses = now > last ? 1 : losses + 1;
        last = now;
        if (losses == MAX_LOSSES) {
          throw e;
        }
        progress.accept("The connection was lost; connecting again.");
        RemoteShell lost = current;
        current = reconnect.get();
        closeUnlessFirst(lost);
      }
    }
  }

  /** Closes what was opened here; the first shell is its owner's to close. */
  void close() {
    closeUnlessFirst(current);
  }

  private void closeUnlessFirst(RemoteShell shell) {
    if (shell != first) {
      shell.close();
    }
  }
}
