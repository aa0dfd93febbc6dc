package io.wizzie.wcs.ami.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as text: {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 2d}. */
public final class Durations {
  static final String REGEX = "(?=.)([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?";
  private static final Pattern FORM = Pattern.compile(REGEX);

  private Durations() {}

  /** The rule for a duration, bounds included. */
  public static TextRule between(String minimum, String maximum, String example) {
    Duration least = parse(minimum);
    Duration most = parse(maximum);
    return TextRule.matching(
            example, REGEX, "a duration; write numbers with d, h, m or s, in this order")
        .used(TextRule.Kind.DURATION)
        .and(text -> outside(parse(text), least, most));
  }

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException when the text is none
   */
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

  /** The shortest text for whole seconds. */
  public static String format(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), 'd');
    append(text, duration.toHoursPart(), 'h');
    append(text, duration.toMinutesPart(), 'm');
    append(text, duration.toSecondsPart(), 's');
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static @Nullable String outside(Duration duration, Duration least, Duration most) {
    if (duration.compareTo(least) < 0) {
      return "is too short; write at least " + format(least) + ".";
    }
    return duration.compareTo(most) > 0 ? "is too long; write at most " + format(most) + "." : null;
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
