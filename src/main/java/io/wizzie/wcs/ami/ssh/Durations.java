package io.wizzie.wcs.ami.ssh;

import java.time.Duration;

/** Durations as the configuration spells them. */
final class Durations {
  private Durations() {}

  /** Such as {@code 800ms}, {@code 12s}, {@code 4m58s}, {@code 1h30m}. */
  static String text(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + "ms";
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    return text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }
}
