package io.wizzie.wcs.ami.config;

import io.wizzie.wcs.ami.base.DurationText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a text has to be.
 *
 * @param example a good one, shown in messages
 * @param pattern that it matches as a whole, in the syntax that Java and JSON Schema share; null
 *     for any
 * @param choices the only values that there are; empty for no such limit
 * @param minimumLength in characters
 * @param maximumLength in characters
 * @param kind how the program uses it
 * @param complaint what is wrong with a value and what to write instead, to follow the value in a
 *     message; null when it is good
 */
public record TextRule(
    String example,
    @Nullable Pattern pattern,
    List<String> choices,
    int minimumLength,
    int maximumLength,
    Kind kind,
    Function<String, @Nullable String> complaint) {

  /** How the program uses a text. */
  public enum Kind {
    PLAIN,
    /** Like {@code 1h30m}. */
    DURATION,
    /** With placeholders to fill in. */
    TEMPLATE,
    /** A file on this machine, which has to exist. */
    FILE,
    /** A folder on this machine, which has to exist. */
    FOLDER
  }

  public TextRule {
    choices = List.copyOf(choices);
  }

  /** Any text in one line. */
  public static TextRule any(String example, int minimumLength, int maximumLength, Kind kind) {
    return new TextRule(
        example, null, List.of(), minimumLength, maximumLength, kind, value -> null);
  }

  /**
   * Text of a certain form.
   *
   * @param wanted what is wanted, to follow "is not"; may go on with the remedy
   */
  static TextRule matching(String example, String regex, String wanted) {
    return matching(
        example,
        regex,
        value ->
            value.matches(regex) ? null : "is not %s, such as \"%s\".".formatted(wanted, example));
  }

  /**
   * Text of a certain form.
   *
   * @param complaint says what is wrong with what is not of it
   */
  static TextRule matching(
      String example, String regex, Function<String, @Nullable String> complaint) {
    return new TextRule(
        example, Pattern.compile(regex), List.of(), 0, Integer.MAX_VALUE, Kind.PLAIN, complaint);
  }

  /** One of a few words. */
  public static TextRule oneOf(String... words) {
    List<String> choices = List.of(words);
    return new TextRule(
        choices.get(0),
        null,
        choices,
        0,
        Integer.MAX_VALUE,
        Kind.PLAIN,
        value ->
            choices.contains(value)
                ? null
                : "is none of "
                    + String.join(", ", choices)
                    + NearestName.of(value, choices).map(NearestName::question).orElse("."));
  }

  /** The same, with one more thing to look at when all else is well. */
  TextRule and(Function<String, @Nullable String> more) {
    return new TextRule(
        example,
        pattern,
        choices,
        minimumLength,
        maximumLength,
        kind,
        value -> {
          String first = complaint.apply(value);
          return first == null ? more.apply(value) : first;
        });
  }

  TextRule used(Kind otherKind) {
    return new TextRule(
        example, pattern, choices, minimumLength, maximumLength, otherKind, complaint);
  }

  /** A duration, bounds included. */
  public static TextRule duration(String minimum, String maximum, String example) {
    Duration least = DurationText.parse(minimum);
    Duration most = DurationText.parse(maximum);
    return matching(
            example,
            DurationText.REGEX,
            "a duration; write numbers with d, h, m or s, in this order")
        .used(Kind.DURATION)
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

  /** What to say of this value after showing it; null when it is good. */
  public @Nullable String problemWith(String value) {
    int length = value.codePointCount(0, value.length());
    if (length < minimumLength || length > maximumLength) {
      String bounds =
          length > maximumLength ? "at most " + maximumLength : "at least " + minimumLength;
      return length == 0
          ? "is empty; write a text, such as \"" + example + "\"."
          : "is " + length + " characters long; write " + bounds + ".";
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      return "has a line break or another control character; write it in one line without.";
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      return "has half of a character (\\ud800 to \\udfff alone); write the whole one.";
    }
    return complaint.apply(value);
  }
}
