package io.wizzie.wcs.ami.base;

import java.time.Duration;

/** How a wait lets time pass; a test passes one that advances its clock instead. */
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Sleeps in a build.
   *
   * @param doing what is waited for, such as "waiting for cloud-init"
   * @throws BuildException of category INTERRUPTED
   */
  default void pause(Duration duration, String doing) {
    try {
      sleep(duration);
    } catch (InterruptedException interrupted) {
      throw BuildException.interrupted(doing, interrupted);
    }
  }

  /** Really sleeps. */
  static Sleeper real() {
    return duration -> Thread.sleep(Math.max(0, duration.toMillis()));
  }
}
