package io.wizzie.wcs.ami.base;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a build is called everywhere: in tags, names of temporary things and its output folder.
 *
 * @param value such as {@code wcs-20261122-135800-ab12cd}: the start in UTC and six hex digits, for
 *     builds that start in the same second
 */
public record BuildId(String value, Instant startedAt) {
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private static final Pattern FORM = Pattern.compile("wcs-([0-9]{8}-[0-9]{6})-[0-9a-f]{6}");

  public static BuildId create(Clock clock, RandomGenerator random) {
    Instant now = clock.instant();
    String suffix = String.format("%06x", random.nextInt(1 << 24));
    return new BuildId("wcs-" + START.format(now) + "-" + suffix, now);
  }

  /** Whether the text has the form of a build's ID. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /** When the build of this ID began; null when it is no ID of this program. */
  public static @Nullable Instant beginning(String text) {
    Matcher matcher = FORM.matcher(text);
    try {
      return matcher.matches() ? START.parse(matcher.group(1), Instant::from) : null;
    } catch (DateTimeException noTime) {
      return null;
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
