package io.wizzie.wcs.ami.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits that an interrupt does not end; the thread's flag is set again afterwards. */
final class Uninterrupted {
  private Uninterrupted() {}

  static void join(Thread thread) {
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs to the end on a thread that nobody interrupts; throws what the work throws. */
  static void run(String name, Runnable work) {
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
    join(thread);
    if (thrown.get() instanceof RuntimeException failed) {
      throw failed;
    } else if (thrown.get() instanceof Error failed) {
      throw failed;
    }
  }
}
