package io.wizzie.wcs.ami.event;

import java.time.Duration;
import java.util.Locale;

/** Writes an elapsed time the way a person reads it: {@code 3.2s}, {@code 1m12s}, {@code 1h02m}. */
public final class ElapsedText {
  private ElapsedText() {}

  public static String of(Duration elapsed) {
    long millis = Math.max(0, elapsed.toMillis());
    // Up to 59.94 s, so that no rounding ever shows "60.0s".
    if (millis < 59_950) {
      return String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
    }
    return ofWhole(Duration.ofMillis(millis));
  }

  /** Whole seconds, for a time that still runs: {@code 3s}, {@code 1m12s}, {@code 1h02m}. */
  public static String ofWhole(Duration elapsed) {
    long seconds = (Math.max(0, elapsed.toMillis()) + 500) / 1000;
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds % 3600 / 60);
  }
}
