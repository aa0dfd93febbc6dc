package io.wizzie.wcs.ami.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process whose output is read as it comes. Closing ends it, if it has not ended. */
final class Running implements AutoCloseable {
  /** Nothing here takes a tenth of it on an idle machine. */
  private static final Duration LIMIT = Duration.ofMinutes(20);

  private final Process process;
  private final Output out;
  private final Output err;

  private final long began = System.nanoTime();

  private Running(Process process) {
    this.process = process;
    this.out = new Output(process.getInputStream());
    this.err = new Output(process.getErrorStream());
  }

  static Running start(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Running(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program of this machine to its end. */
  static Ended run(List<String> command) {
    try (Running running = start(new ProcessBuilder(command))) {
      return running.await();
    }
  }

  Ended await() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Still running after " + LIMIT + ":\n" + err.text());
      }
      return new Ended(
          process.exitValue(),
          out.await(),
          err.await(),
          Duration.ofNanos(System.nanoTime() - began));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while a process was waited for", e);
    }
  }

  /** Gives it so much time to end. */
  void awaitAtMost(Duration time) {
    try {
      boolean unused = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while a process was waited for", e);
    }
  }

  /** Waits until a line of stderr contains a text. */
  void awaitMessage(String part) {
    awaitMessage(line -> line.contains(part), part);
  }

  /** Waits for a line of stderr and returns it. */
  String awaitMessage(Predicate<String> wanted, String description) {
    return err.awaitLine(wanted, description);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has written to stderr so far. */
  String messages() {
    return err.text();
  }

  /** What it has written to stdout so far. */
  String results() {
    return out.text();
  }

  /** Waits for the first line of stdout. */
  String awaitResult() {
    return out.awaitLine(line -> true, "a first line on stdout");
  }

  /** Sends a signal, by its name without SIG. */
  void signal(String name) {
    // The shell's own: a minimal system has no program of that name.
    run(List.of("sh", "-c", "kill -" + name + " " + process.pid())).requireSuccess();
  }

  /** Sends the signal that ends it, which has to be a success. */
  void stop(String signal) {
    signal(signal);
    await().requireSuccess();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** One stream, read by a thread of its own. */
  private static final class Output {
    private final StringBuilder read = new StringBuilder();
    private final Thread reader;
    private boolean ended;

    Output(InputStream stream) {
      reader = new Thread(() -> readAll(stream), "output");
      reader.setDaemon(true);
      reader.start();
    }

    private void readAll(InputStream stream) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        char[] buffer = new char[4096];
        for (int count = lines.read(buffer); count >= 0; count = lines.read(buffer)) {
          add(new String(buffer, 0, count));
        }
      } catch (IOException closed) {
        add("\n(broken off: " + closed + ")\n");
      } finally {
        end();
      }
    }

    private synchronized void add(String text) {
      read.append(text);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    synchronized String text() {
      return read.toString();
    }

    String await() throws InterruptedException {
      // A grandchild may hold the stream open for a while.
      reader.join(LIMIT.toMillis());
      return text();
    }

    synchronized String awaitLine(Predicate<String> wanted, String description) {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (true) {
        // Only lines that are complete.
        String whole = read.substring(0, read.lastIndexOf("\n") + 1);
        String found = whole.lines().filter(wanted).findFirst().orElse(null);
        if (found != null) {
          return found;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (ended || left <= 0) {
          throw new AssertionError("There was no " + description + " in:\n" + read);
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("Interrupted while waiting for " + description, e);
        }
      }
    }
  }
}
