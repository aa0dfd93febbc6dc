package io.wizzie.wcs.ami.config;

import io.wizzie.wcs.ami.base.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Rules for durations. */
public final class Durations {
  private Durations() {}

  /** The rule for a duration, bounds included. */
  public static TextRule between(String minimum, String maximum, String example) {
    Duration least = DurationText.parse(minimum);
    Duration most = DurationText.parse(maximum);
    return TextRule.matching(
            example,
            DurationText.REGEX,
            "a duration; write numbers with d, h, m or s, in this order")
        .used(TextRule.Kind.DURATION)
        .and(text -> outside(DurationText.parse(text), least, most));
  }

  private static @Nullable String outside(Duration duration, Duration least, Duration most) {
    if (duration.compareTo(least) < 0) {
      return "is too short; write at least " + DurationText.of(least) + ".";
    }
    return duration.compareTo(most) > 0
        ? "is too long; write at most " + DurationText.of(most) + "."
        : null;
  }
}
