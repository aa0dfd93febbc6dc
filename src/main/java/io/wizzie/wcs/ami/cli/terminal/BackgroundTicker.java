package io.wizzie.wcs.ami.cli.terminal;

import io.wizzie.wcs.ami.cli.terminal.Environment.Registration;
import io.wizzie.wcs.ami.cli.terminal.Environment.Ticker;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ticks on a daemon thread, which never keeps the program alive. */
public final class BackgroundTicker implements Ticker {
  @Override
  public Registration every(Duration period, Runnable action) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "ticker");
              thread.setDaemon(true);
              return thread;
            });
    var ignored =
        executor.scheduleWithFixedDelay(
            action, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    return executor::shutdownNow;
  }
}
