package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.Uninterrupted;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Work that goes on beside the pipeline; closing it ends it and waits a moment until it has ended.
 */
final class Background<T> implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final FutureTask<T> task;
  private final Thread thread;

  Background(String name, Supplier<T> work) {
    this.name = name;
    this.task = new FutureTask<>(work::get);
    this.thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for the result; throws what the work threw. */
  T result() {
    try {
      return task.get();
    } catch (InterruptedException interrupted) {
      throw BuildException.interrupted("waiting for stage " + name, interrupted);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof BuildException failure) {
        throw failure;
      }
      throw new IllegalStateException("Stage " + name + " failed", cause);
    }
  }

  @Override
  public void close() {
    task.cancel(true);
    // It only reads and writes files of this machine: the cleanup need not wait for a slow disk.
    Uninterrupted.join(thread, PATIENCE);
  }
}
