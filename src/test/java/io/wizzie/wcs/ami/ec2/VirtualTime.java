package io.wizzie.wcs.ami.ec2;

import io.wizzie.wcs.ami.base.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody sleeps, or when a test says so. */
public final class VirtualTime extends Clock implements Sleeper {
  private Instant now = Instant.parse("2026-11-22T13:58:00Z");
  private final List<Duration> pauses = new ArrayList<>();

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(duration);
    now = now.plus(duration);
  }

  /** Lets time go by in which nobody sleeps. */
  public synchronized void pass(Duration duration) {
    now = now.plus(duration);
  }

  public synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
