package io.wizzie.wcs.ami.base;

import java.time.Duration;

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

  /** Runs to the end on a thread that nobody interrupts. */
  public static void run(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.start();
    join(thread, Duration.ofDays(1000));
  }

  private static long left(long deadline) {
    return (deadline - System.nanoTime()) / 1_000_000;
  }
}
