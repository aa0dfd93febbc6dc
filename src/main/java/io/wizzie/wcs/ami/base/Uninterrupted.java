package io.wizzie.wcs.ami.base;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits that an interrupt does not end; the thread's flag is set again afterwards. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Waits for the thread's end, at most so long. */
  public static void join(Thread thread, Duration atMost) {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toMillis(); left > 0 && thread.isAlive(); left = left(deadline)) {
      try {
        thread.join(left);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs to the end on a thread that nobody interrupts; throws what the work throws. */
  public static void run(String name, Runnable work) {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error failed) {
                thrown.set(failed);
              }
            },
            name);
    thread.start();
    join(thread, Duration.ofDays(1000));
    if (thrown.get() instanceof RuntimeException failed) {
      throw failed;
    } else if (thrown.get() instanceof Error failed) {
      throw failed;
    }
  }

  private static long left(long deadline) {
    return (deadline - System.nanoTime()) / 1_000_000;
  }
}
