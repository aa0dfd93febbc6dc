package io.wizzie.wcs.ami.guest;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.ConnectionLostException;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A shell of the login user {@code admin} in a container, with the rules of one over SSH. */
public final class PodmanShell implements RemoteShell {
  private final String container;
  private volatile boolean cut;
  private volatile boolean closed;
  private volatile @Nullable Process process;

  PodmanShell(String container) {
    this.container = container;
  }

  /** Loses the connection, now and under every later command. What runs in the guest goes on. */
  public void cut() {
    cut = true;
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public CommandResult run(RemoteCommand command) {
    if (cut || closed) {
      throw new ConnectionLostException("The connection is cut.", null);
    }
    Process started =
        Podman.start("exec", "-i", "--user", "admin", container, "/bin/bash", "-c", command.text());
    process = started;
    StringBuilder stdout = new StringBuilder();
    StringBuilder stderr = new StringBuilder();
    Thread out = pump(started.getInputStream(), stdout, command.onLine());
    Thread err = pump(started.getErrorStream(), stderr, command.onLine());
    try {
      write(command, started);
      if (!started.waitFor(Math.max(1, command.timeout().toMillis()), TimeUnit.MILLISECONDS)) {
        started.destroyForcibly();
        throw new BuildException(BuildException.Category.GUEST, "The command timed out.");
      }
      out.join();
      err.join();
    } catch (InterruptedException e) {
      started.destroyForcibly();
      throw BuildException.interrupted("running a command", e);
    } finally {
      process = null;
    }
    if (cut || !isRunning()) {
      throw new ConnectionLostException("The connection was lost.", null);
    }
    return new CommandResult(started.exitValue(), stdout.toString(), stderr.toString());
  }

  private boolean isRunning() {
    return Podman.succeeds("exec", container, "true");
  }

  private static void write(RemoteCommand command, Process process) {
    try (OutputStream stdin = process.getOutputStream()) {
      if (command.stdin() != null) {
        command.stdin().writeTo(stdin);
      }
    } catch (IOException e) {
      // The command did not read its input to the end; its exit status says why.
      process.isAlive();
    }
  }

  private static Thread pump(InputStream from, StringBuilder into, Consumer<String> onLine) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                  into.append(line).append('\n');
                  onLine.accept(line);
                }
              } catch (IOException e) {
                into.append("(cut)");
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    closed = true;
  }
}
