package io.wizzie.wcs.ami.ssh;

import io.wizzie.wcs.ami.base.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that only sleeping advances. */
final class TestTime extends Clock implements Sleeper {
  private final List<Duration> slept = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Sleeper whileAsleep = duration -> {};

  /** Does something, such as starting a server, whenever a pause begins. */
  TestTime whileAsleep(Sleeper action) {
    whileAsleep = action;
    return this;
  }

  List<Duration> slept() {
    return slept;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    slept.add(duration);
    now = now.plus(duration);
    whileAsleep.sleep(duration);
  }

  @Override
  public Instant instant() {
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
