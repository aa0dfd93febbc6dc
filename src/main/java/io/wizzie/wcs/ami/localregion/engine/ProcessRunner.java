package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs programs as child processes. */
final class ProcessRunner implements CommandRunner {
  @Override
  public Outcome run(List<String> command, Duration timeout, Consumer<String> progress) {
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      // Messages are looked at (is an address in use?), so they must not be translated.
      builder.environment().put("LC_ALL", "C.UTF-8");
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException notStarted) {
      return new Outcome(NOT_FOUND, "", String.valueOf(notStarted.getMessage()));
    }
    // Both streams are read at once: a program blocks when the one that nobody reads is full.
    var stdout = inBackground(() -> read(process.getInputStream(), line -> {}));
    var stderr = inBackground(() -> read(process.getErrorStream(), progress));
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Category.HOST.failure(
            "%s did not end within %d s and was killed: %s. Is the machine overloaded?"
                .formatted(command.get(0), timeout.toSeconds(), String.join(" ", command)));
      }
      return new Outcome(process.exitValue(), stdout.get(), stderr.get());
    } catch (InterruptedException interrupted) {
      throw BuildException.interrupted("running " + command.get(0), interrupted);
    } catch (ExecutionException unread) {
      throw Category.HOST.failure(
          "The output of " + command.get(0) + " could not be read.", unread);
    } finally {
      process.destroyForcibly();
    }
  }

  /** On a thread of its own: those that read must not wait for each other in a common pool. */
  private static CompletableFuture<String> inBackground(Supplier<String> work) {
    return CompletableFuture.supplyAsync(
        work,
        task -> {
          Thread thread = new Thread(task, "output of a program");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private static String read(InputStream stream, Consumer<String> lines) {
    StringBuilder text = new StringBuilder();
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        text.append(line).append('\n');
        lines.accept(line);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return text.toString();
  }
}
