package io.wizzie.wcs.ami.chef;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of Chef's logger, such as {@code [2026-03-04T05:06:07+00:00] FATAL: text} (mixlib-log's
 * formatter).
 *
 * @param level {@code INFO}, {@code FATAL} and so on
 */
record LogLine(String level, String text) {
  private static final Pattern HEAD =
      Pattern.compile(
          "\\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:[-+]\\d\\d:\\d\\d|Z)] ([A-Z]+): ");

  /** Reads the line; empty when the logger did not write it. */
  static Optional<LogLine> parse(String line) {
    Matcher head = HEAD.matcher(line);
    return head.lookingAt()
        ? Optional.of(new LogLine(head.group(1), line.substring(head.end())))
        : Optional.empty();
  }

  /**
   * Splits a line in which the logger wrote into the doc formatter's open one, as it does for every
   * resource at the level {@code info}: logger and formatter share standard output, and the
   * formatter leaves a resource's line open until it knows how the resource ended.
   */
  static List<String> split(String line) {
    Matcher head = HEAD.matcher(line);
    // Text that quotes a log has a space before it.
    while (head.find() && head.start() > 0) {
      if (!Character.isWhitespace(line.charAt(head.start() - 1))) {
        return List.of(line.substring(0, head.start()), line.substring(head.start()));
      }
    }
    return List.of(line);
  }
}
