package io.wizzie.wcs.ami.base;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as text: {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 2d}. */
public final class DurationText {
  /** What {@link #parse} reads. */
  public static final String REGEX =
      "(?=.)([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?";

  private static final Pattern FORM = Pattern.compile(REGEX);

  private DurationText() {}

  /** Reads a duration; throws IllegalArgumentException when the text is none. */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not a duration: " + text);
    }
    return Duration.ofDays(number(matcher.group(1)))
        .plusHours(number(matcher.group(2)))
        .plusMinutes(number(matcher.group(3)))
        .plusSeconds(number(matcher.group(4)));
  }

  /** The shortest text for whole seconds, or for milliseconds below one: {@code 800ms}. */
  public static String of(Duration duration) {
    if (!duration.isZero() && duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + "ms";
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), 'd');
    append(text, duration.toHoursPart(), 'h');
    append(text, duration.toMinutesPart(), 'm');
    append(text, duration.toSecondsPart(), 's');
    return text.isEmpty() ? "0s" : text.toString();
  }

  /** An elapsed time, as a person reads it: {@code 3.2s}, {@code 1m12s}, {@code 1h02m}. */
  public static String elapsed(Duration elapsed) {
    long millis = Math.max(0, elapsed.toMillis());
    // Up to 59.94 s, so that no rounding ever shows "60.0s".
    if (millis < 59_950) {
      return String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
    }
    return running(Duration.ofMillis(millis));
  }

  /** Whole seconds, for a time that still runs: {@code 3s}, {@code 1m12s}, {@code 1h02m}. */
  public static String running(Duration elapsed) {
    long seconds = (Math.max(0, elapsed.toMillis()) + 500) / 1000;
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds % 3600 / 60);
  }

  /** For a sentence: {@code 90 s} or {@code 10 min}. */
  public static String spoken(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds % 60 == 0 || seconds > 600 ? duration.toMinutes() + " min" : seconds + " s";
  }

  private static long number(@Nullable String group) {
    return group == null ? 0 : Long.parseLong(group.substring(0, group.length() - 1));
  }

  private static void append(StringBuilder text, long amount, char unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }
}
