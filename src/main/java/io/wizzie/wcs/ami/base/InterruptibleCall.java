package io.wizzie.wcs.ami.base;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Calls that Java can't interrupt, such as a look-up of a host name: each runs on a thread of its
 * own, which an interrupt leaves behind.
 */
public final class InterruptibleCall {
  private InterruptibleCall() {}

  /** Returns what the call returns, or throws what it throws, unless the caller is interrupted. */
  public static <T> T run(String doing, Supplier<T> call) {
    FutureTask<T> task = new FutureTask<>(call::get);
    Thread thread = new Thread(task, doing);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException interrupted) {
      throw BuildException.interrupted(doing, interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException("Failed while " + doing, failed.getCause());
    }
  }
}
