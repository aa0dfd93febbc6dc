package io.wizzie.wcs.ami.base;

import java.time.Duration;

/** How a wait lets time pass; a test passes one that advances its clock instead. */
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration duration) throws InterruptedException;

  /** Really sleeps. */
  static Sleeper real() {
    return duration -> Thread.sleep(Math.max(0, duration.toMillis()));
  }
}
