package io.wizzie.wcs.ami.build;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/**
 * What a build is called everywhere: in tags, names of temporary things and its output folder.
 *
 * @param value such as {@code wcs-20261122-135800-ab12cd}: the start in UTC and six hex digits, for
 *     builds that start in the same second
 */
public record BuildId(String value, Instant startedAt) {
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  public static BuildId create(Clock clock, RandomGenerator random) {
    Instant now = clock.instant();
    String suffix = String.format("%06x", random.nextInt(1 << 24));
    return new BuildId("wcs-" + START.format(now) + "-" + suffix, now);
  }

  @Override
  public String toString() {
    return value;
  }
}
