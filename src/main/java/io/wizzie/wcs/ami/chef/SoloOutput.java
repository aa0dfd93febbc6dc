package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.ssh.FullDisk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads chef-solo's output as it comes: how many resources were updated, and the first block that
 * describes an error, which is the innermost when custom resources are nested.
 *
 * <p>The forms are those of Chef's doc formatter (lib/chef/formatters/doc.rb and
 * error_description.rb): {@code N/M resources updated}, and a title between two lines of equals
 * signs, followed by sections, the first of which is headed by the exception's class.
 */
final class SoloOutput {
  private static final int TAIL_LINES = 40;
  private static final int TAIL_WIDTH = 500;
  private static final int MESSAGE_LINES = 6;
  private static final Pattern UPDATED = Pattern.compile("\\b(\\d+)/(\\d+) resources updated\\b");
  private static final Pattern RULE = Pattern.compile("={20,}");
  private static final Pattern DASHES = Pattern.compile("-{3,}");

  private enum Place {
    BEFORE,
    TITLE,
    TITLE_END,
    HEADING,
    MESSAGE,
    AFTER
  }

  private final Deque<String> tail = new ArrayDeque<>();
  private Place place = Place.BEFORE;
  private @Nullable String title;
  private @Nullable String exception;
  private final StringBuilder message = new StringBuilder();
  private int messageLines;
  private boolean fullDisk;
  private int updated = -1;
  private int total = -1;

  void accept(String line) {
    if (tail.size() == TAIL_LINES) {
      tail.removeFirst();
    }
    tail.addLast(line.length() > TAIL_WIDTH ? line.substring(0, TAIL_WIDTH) + "..." : line);
    fullDisk |= FullDisk.isNamedIn(line);
    Matcher counts = UPDATED.matcher(line);
    if (counts.find()) {
      updated = Integer.parseInt(counts.group(1));
      total = Integer.parseInt(counts.group(2));
    }
    place = next(line.strip());
  }

  private Place next(String line) {
    return switch (place) {
      case BEFORE -> RULE.matcher(line).matches() ? Place.TITLE : Place.BEFORE;
      case TITLE -> {
        title = line;
        yield Place.TITLE_END;
      }
      // Output of a program may have a line of equals signs, too: only the pair is a block.
      case TITLE_END -> RULE.matcher(line).matches() ? Place.HEADING : Place.BEFORE;
      case HEADING -> heading(line);
      case MESSAGE -> messageLine(line);
      case AFTER -> Place.AFTER;
    };
  }

  private Place heading(String line) {
    if (line.isEmpty()) {
      return Place.HEADING;
    }
    if (DASHES.matcher(line).matches()) {
      return Place.MESSAGE;
    }
    exception = line;
    return Place.HEADING;
  }

  private Place messageLine(String line) {
    if (line.isEmpty() || messageLines == MESSAGE_LINES) {
      return messageLines == 0 && line.isEmpty() ? Place.MESSAGE : Place.AFTER;
    }
    messageLines++;
    message.append(message.isEmpty() ? "" : " ").append(line);
    return Place.MESSAGE;
  }

  /** As the last run counted them; -1 when it did not say. */
  int updatedResources() {
    return updated;
  }

  /** As the last run counted them; -1 when it did not say. */
  int totalResources() {
    return total;
  }

  /** Whether any line, however long ago, told of a full disk. */
  boolean namesFullDisk() {
    return fullDisk;
  }

  /** What failed and why, in Chef's words; empty when the output describes no error. */
  Optional<String> error() {
    if (title == null || place.compareTo(Place.HEADING) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        title
            + (exception == null ? "" : ": " + exception)
            + (message.isEmpty() ? "" : ": ")
            + message);
  }

  /** The last lines. */
  String tail() {
    return String.join("\n", tail);
  }
}
