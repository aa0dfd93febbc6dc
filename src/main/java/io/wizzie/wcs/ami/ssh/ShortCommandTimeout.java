package io.wizzie.wcs.ami.ssh;

import java.security.PublicKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A shell in which a {@link RemoteCommand#brief} command may take as long as is configured. */
public final class ShortCommandTimeout implements RemoteShell {
  private final RemoteShell shell;
  private final Duration limit;

  public ShortCommandTimeout(RemoteShell shell, Duration limit) {
    this.shell = shell;
    this.limit = limit;
  }

  @Override
  public CommandResult run(RemoteCommand command) {
    return shell.run(command.isBrief() ? command.withTimeout(limit) : command);
  }

  @Override
  public CommandResult runOnce(RemoteCommand command) {
    return shell.runOnce(command.isBrief() ? command.withTimeout(limit) : command);
  }

  @Override
  public @Nullable PublicKey hostKey() {
    return shell.hostKey();
  }

  @Override
  public void close() {
    shell.close();
  }
}
