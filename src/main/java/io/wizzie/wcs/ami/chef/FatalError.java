package io.wizzie.wcs.ami.chef;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The exception that Chef names as fatal.
 *
 * <p>Each resource on the way to the error stands in front of its message, the outermost first, as
 * {@code resource (place line N) had an error: Class:} (lib/chef/resource.rb, {@code
 * custom_exception_message}).
 *
 * @param exception class of the innermost error
 * @param message of the innermost error
 * @param resource innermost resource, such as {@code file[/x]}; null when none failed
 * @param where recipe and line of that resource
 */
record FatalError(String exception, String message, @Nullable String resource, String where) {
  private static final String CLASS = "[A-Z]\\w*(?:::\\w+)*";
  private static final Pattern THROWN = Pattern.compile("(" + CLASS + "): (.*)", Pattern.DOTALL);
  private static final Pattern SEVERAL =
      Pattern.compile("Multiple failures occurred:\\s*\\* " + CLASS + " occurred in [^:]+: ");
  private static final Pattern FAILING =
      Pattern.compile(
          "(\\w+\\[.*?]) \\(([^()\\n]* line \\d+|dynamically defined)\\) had an error: ("
              + CLASS
              + "): ",
          Pattern.DOTALL);

  /** Reads the text of a fatal line and of the lines that follow it; empty for any other text. */
  static Optional<FatalError> parse(String text) {
    Matcher thrown = THROWN.matcher(text);
    return thrown.matches()
        ? Optional.of(innermost(new FatalError(thrown.group(1), thrown.group(2), null, "")))
        : Optional.empty();
  }

  private static FatalError innermost(FatalError error) {
    String message = error.message();
    Matcher several = SEVERAL.matcher(message);
    int start = several.lookingAt() ? several.end() : 0;
    Matcher failing = FAILING.matcher(message).region(start, message.length());
    return failing.lookingAt()
        ? innermost(
            new FatalError(
                failing.group(3),
                message.substring(failing.end()),
                // As the title of its block has it, whose lines are indented.
                failing.group(1).replaceAll("\\s*\n\\s*", "\n"),
                failing.group(2)))
        : new FatalError(
            error.exception(), message.substring(start), error.resource(), error.where());
  }
}
