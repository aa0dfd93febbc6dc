package io.wizzie.wcs.ami.pipeline;

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

  /** Runs to the end on a thread that nobody interrupts. */
  static void run(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.start();
    join(thread);
  }
}
