package io.wizzie.wcs.ami.chef;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The error that ended a run of Chef, found in its output.
 *
 * <p>Chef explains an error in a block (lib/chef/formatters/error_description.rb), but also one
 * that it ignores or that a recipe rescues, and of some errors it prints no block at all. Its last
 * {@code FATAL} line (lib/chef/application.rb) names what ended the run: a {@link FatalError},
 * which the block of its innermost resource explains.
 */
final class SoloFailure {
  private static final int MESSAGE_LINES = 6;
  private static final int MOST_LINES = 40;
  private static final int MOST_BLOCKS = 50;

  private static final Pattern RULE = Pattern.compile("={80}");
  private static final Pattern DASHES = Pattern.compile("-{3,}");
  private static final Pattern RESOURCE = Pattern.compile("\\s*\\* \\S.* action \\S+.*");

  /** Chef's own titles (lib/chef/formatters/error_mapper.rb); a program's banner is none. */
  private static final Pattern TITLE =
      Pattern.compile(
          "Error executing action `[^`]*` on resource '(?<resource>.*)'|(?<compile>Recipe Compile"
              + " Error)(?: in .*)?|Error expanding the run_list:|Error Resolving Cookbooks for Run"
              + " List:|Error Syncing Cookbooks:|.* encountered an error attempting to (?:create"
              + " the client|load the node data for) \".*\"",
          Pattern.DOTALL);

  /** Fatal lines of Chef's that are not the error. */
  private static final Pattern NO_ERROR =
      Pattern.compile(
          "Stacktrace dumped to .*|-+|PLEASE PROVIDE THE CONTENTS .*"
              + "|Chef::Exceptions::ChildConvergeError: .*",
          Pattern.DOTALL);

  /** A block with a title between two rules, then sections, the first headed by the class. */
  private static final class Block {
    private final StringBuilder title = new StringBuilder();
    private final StringBuilder message = new StringBuilder();
    private String exception = "";
    private @Nullable String resource;
    private boolean compile;
    private int lines;

    boolean begin() {
      Matcher matcher = TITLE.matcher(title);
      if (!matcher.matches()) {
        return false;
      }
      resource = matcher.group("resource");
      compile = matcher.group("compile") != null;
      return true;
    }

    String text() {
      return Stream.of(title.toString(), exception, message.toString())
          .filter(part -> !part.isEmpty())
          .map(part -> part.replaceAll(":$", ""))
          .collect(Collectors.joining(": "));
    }
  }

  private enum Place {
    OUTSIDE,
    TITLE,
    HEADING,
    MESSAGE
  }

  private final List<Block> blocks = new ArrayList<>();

  /** Of {@link #blocks} those after which Chef has not gone on with another resource. */
  private final List<Block> latest = new ArrayList<>();

  private Place place = Place.OUTSIDE;
  private Block block = new Block();
  private @Nullable StringBuilder fatal;
  private int fatalLines;

  void accept(String line) {
    LogLine log = LogLine.parse(line).orElse(null);
    if (log != null) {
      fatalLines = 0;
      if (log.level().equals("FATAL") && !NO_ERROR.matcher(log.text()).matches()) {
        fatal = new StringBuilder(log.text());
        fatalLines = 1;
      }
      return;
    }
    if (fatal != null && fatalLines > 0 && fatalLines++ < MOST_LINES) {
      fatal.append('\n').append(line);
    }
    if (RESOURCE.matcher(line).matches()) {
      latest.clear();
    }
    place = next(line.strip());
  }

  private Place next(String line) {
    if (RULE.matcher(line).matches()) {
      if (place == Place.TITLE && block.begin()) {
        keep(block);
        return Place.HEADING;
      }
      block = new Block();
      return Place.TITLE;
    }
    return switch (place) {
      case OUTSIDE -> Place.OUTSIDE;
      case TITLE -> {
        // The name of a resource may have several lines.
        block.title.append(block.lines++ == 0 ? "" : "\n").append(line);
        yield block.lines < MOST_LINES ? Place.TITLE : Place.OUTSIDE;
      }
      case HEADING -> heading(line);
      case MESSAGE -> message(line);
    };
  }

  private void keep(Block begun) {
    begun.lines = 0;
    latest.add(begun);
    blocks.add(begun);
    if (blocks.size() > MOST_BLOCKS) {
      blocks.remove(0);
    }
  }

  private Place heading(String line) {
    if (DASHES.matcher(line).matches()) {
      return Place.MESSAGE;
    }
    if (!line.isEmpty()) {
      block.exception = line;
    }
    return Place.HEADING;
  }

  private Place message(String line) {
    if (line.isEmpty() || block.lines == MESSAGE_LINES) {
      return block.lines == 0 && line.isEmpty() ? Place.MESSAGE : Place.OUTSIDE;
    }
    block.lines++;
    block.message.append(block.message.isEmpty() ? "" : " ").append(line);
    return Place.MESSAGE;
  }

  /** The error in Chef's words; empty when the output describes none. */
  Optional<String> describe() {
    Optional<String> newest = latest.stream().findFirst().map(Block::text);
    if (fatal == null) {
      return newest;
    }
    String text = fatal.toString();
    return FatalError.parse(text)
        .map(this::explained)
        // A recipe's own last words, after which it may have ended the program.
        .or(() -> Optional.of(newest.map(block -> block + ": ").orElse("") + brief(text)));
  }

  private String explained(FatalError error) {
    String words = error.exception() + ": " + brief(error.message());
    String resource = error.resource();
    if (resource != null) {
      return last(block -> resource.equals(block.resource))
          .map(Block::text)
          .orElse(resource + " (" + error.where() + "): " + words);
    }
    Predicate<Block> same = block -> block.exception.equals(error.exception());
    return latest.stream()
        .filter(same)
        .findFirst()
        .or(() -> last(same.and(block -> block.compile)))
        .or(() -> last(block -> block.resource == null && !block.compile))
        .map(Block::text)
        .orElse(words);
  }

  private Optional<Block> last(Predicate<Block> wanted) {
    return blocks.stream().filter(wanted).reduce((one, later) -> later);
  }

  private static String brief(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .limit(MESSAGE_LINES)
        .collect(Collectors.joining(" "));
  }
}
