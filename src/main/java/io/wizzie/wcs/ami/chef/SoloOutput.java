package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.ssh.FullDisk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads chef-solo's output as it comes: how many resources were updated ({@code N/M resources
 * updated}, lib/chef/formatters/doc.rb), which error ended it, and its last lines.
 */
final class SoloOutput {
  private static final int TAIL_LINES = 40;
  private static final int TAIL_WIDTH = 500;
  private static final Pattern UPDATED =
      Pattern.compile("\\b(\\d{1,9})/(\\d{1,9}) resources updated\\b");

  private final Deque<String> tail = new ArrayDeque<>();
  private final SoloFailure failure = new SoloFailure();
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
    failure.accept(line);
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

  /** The error in Chef's words; empty when the output describes none. */
  Optional<String> error() {
    return failure.describe();
  }

  /** The last lines. */
  String tail() {
    return String.join("\n", tail);
  }
}
