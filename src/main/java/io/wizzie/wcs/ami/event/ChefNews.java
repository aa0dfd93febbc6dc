package io.wizzie.wcs.ami.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selects the lines of chef-solo's output that are worth showing where all would be too many: where
 * it is, and the resources that it changes.
 *
 * <p>The forms are those of Chef's doc formatter (lib/chef/formatters/doc.rb): a resource's line
 * comes first, what was changed below it, or, on the same line unless a log line came in between,
 * that it was up to date or skipped. So a resource is held back until a change or its error
 * follows. Resources of a custom resource are indented below it.
 */
final class ChefNews {
  /** The name that events give chef-solo. */
  static final String SOURCE = "chef-solo";

  private static final Pattern RECIPE =
      Pattern.compile("(?:Recipe: |Converging |Running handlers).*");
  private static final Pattern RESOURCE = Pattern.compile("( *)\\* \\S.* action \\S+.*");
  private static final String UNCHANGED =
      "\\((?:up to date|skipped due to .*|Skipped: Why-Run .*)\\)";
  private static final Pattern UNCHANGED_RESOURCE = Pattern.compile(".* " + UNCHANGED);
  private static final Pattern UNCHANGED_ALONE = Pattern.compile("( *) " + UNCHANGED);

  /** A change, the output of a command that is running, or the block of an error. */
  private static final Pattern CHANGE = Pattern.compile("( *)(?:- \\S|\\[\\w+] |={80}$).*");

  private static final Pattern END = Pattern.compile(".*\\b\\d+/\\d+ resources updated\\b.*");

  /** A resource that is not finished, as far as the output tells. */
  private record Open(int indent, String line) {}

  /** The innermost first. */
  private final Deque<Open> open = new ArrayDeque<>();

  /** Takes the next line and returns those to show now, which may be earlier ones. */
  List<String> after(String line) {
    Matcher resource = RESOURCE.matcher(line);
    if (resource.matches()) {
      int indent = resource.group(1).length();
      close(indent);
      if (!UNCHANGED_RESOURCE.matcher(line).matches()) {
        open.push(new Open(indent, line));
      }
      return List.of();
    }
    Matcher unchanged = UNCHANGED_ALONE.matcher(line);
    if (unchanged.matches()) {
      // After a log line it has no indent and belongs to the innermost; else to the resource above
      // which it is indented by one step.
      int indent = unchanged.group(1).length();
      close(indent == 0 && !open.isEmpty() ? open.peek().indent() : indent - 2);
      return List.of();
    }
    Matcher change = CHANGE.matcher(line);
    if (change.matches() && !open.isEmpty() && change.group(1).length() > open.peek().indent()) {
      return takeOpen();
    }
    return RECIPE.matcher(line).matches() || END.matcher(line).matches()
        ? List.of(line)
        : List.of();
  }

  /** Forgets the resources that a line of that indent ends. */
  private void close(int indent) {
    while (!open.isEmpty() && open.peek().indent() >= indent) {
      open.pop();
    }
  }

  private List<String> takeOpen() {
    List<String> lines = new ArrayList<>();
    open.descendingIterator().forEachRemaining(each -> lines.add(each.line()));
    open.clear();
    return lines;
  }
}
