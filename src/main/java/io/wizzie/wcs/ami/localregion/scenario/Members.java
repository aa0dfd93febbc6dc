package io.wizzie.wcs.ami.localregion.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, read by name and type. What is wrong goes on a list, and the reader
 * gets something harmless instead.
 */
final class Members {
  private static final Pattern DURATION =
      Pattern.compile("(?=.)(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?(?:(\\d{1,9})ms)?");
  private static final int[] MILLIS = {3_600_000, 60_000, 1000, 1};

  private final ObjectNode object;
  private final String path;
  private final List<String> problems;
  private final Set<String> known = new LinkedHashSet<>();

  private Members(ObjectNode object, String path, List<String> problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  /** The members of a value, with its path for messages; empty for the whole document. */
  static Members of(JsonNode value, String path, List<String> problems) {
    if (value instanceof ObjectNode object) {
      return new Members(object, path, problems);
    }
    problems.add((path.isEmpty() ? "The document" : path) + " must be an object.");
    return new Members(JsonNodeFactory.instance.objectNode(), path, problems);
  }

  boolean has(String name) {
    known.add(name);
    return object.has(name);
  }

  /** Tells what is wrong with the object as a whole. */
  void problem(String what) {
    problems.add(path + " " + what);
  }

  void require(String... names) {
    for (String name : names) {
      if (!object.has(name)) {
        problems.add(at(name) + " is missing.");
      }
    }
  }

  /** Tells of members that nobody asked for; called when all that there can be were read. */
  void end() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problems.add(
                    at(name) + " is unknown; valid here: " + String.join(", ", known) + ".");
              }
            });
  }

  Members object(String name) {
    @Nullable JsonNode value = value(name);
    return of(value == null ? JsonNodeFactory.instance.objectNode() : value, at(name), problems);
  }

  List<Members> objects(String name) {
    List<Members> all = new ArrayList<>();
    int index = 0;
    for (JsonNode element : elements(name, "objects")) {
      Members members = of(element, at(name) + "[" + index++ + "]", problems);
      if (element.isObject()) {
        all.add(members);
      }
    }
    return all;
  }

  List<String> texts(String name) {
    List<String> all = new ArrayList<>();
    for (JsonNode element : elements(name, "texts")) {
      if (!element.isTextual() || element.textValue().isEmpty()) {
        problems.add(at(name) + "[" + all.size() + "] must be text.");
      }
      all.add(element.asText());
    }
    return all;
  }

  /** A text, if there are words one of them; null if there is none. */
  @Nullable String text(String name, String... words) {
    return read(
        name,
        value ->
            value.isTextual()
                && !value.textValue().isEmpty()
                && (words.length == 0 || Arrays.asList(words).contains(value.textValue())),
        JsonNode::textValue,
        words.length == 0 ? "text" : String.join(" or ", words));
  }

  /** A duration such as {@code 1m30s} or {@code 250ms}; null if there is none. */
  @Nullable Duration duration(String name, Duration longest) {
    @Nullable Duration duration =
        read(
            name,
            value -> value.isTextual() && DURATION.matcher(value.textValue()).matches(),
            value -> duration(value.textValue()),
            "a duration such as 90s, 1m30s or 250ms");
    if (duration != null && duration.compareTo(longest) > 0) {
      wrong(name, "at most " + longest.toHours() + "h");
    }
    return duration;
  }

  private static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    long millis = 0;
    for (int part = 0; parts.matches() && part < MILLIS.length; part++) {
      @Nullable String digits = parts.group(part + 1);
      millis += digits == null ? 0 : Long.parseLong(digits) * MILLIS[part];
    }
    return Duration.ofMillis(millis);
  }

  int whole(String name, int otherwise, int least, int most) {
    @Nullable Integer number =
        read(
            name,
            value -> value.isInt() && value.intValue() >= least && value.intValue() <= most,
            JsonNode::intValue,
            "a whole number from " + least + " to " + most);
    return number == null ? otherwise : number;
  }

  double number(String name, double otherwise, double least, double most) {
    @Nullable Double number =
        read(
            name,
            value ->
                value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most,
            JsonNode::doubleValue,
            String.format(Locale.ROOT, "a number from %.0f to %.0f", least, most));
    return number == null ? otherwise : number;
  }

  /** False if it is not there. */
  boolean flag(String name) {
    return Boolean.TRUE.equals(
        read(name, JsonNode::isBoolean, JsonNode::booleanValue, "true or false"));
  }

  /** Null if it is not there, or wrong. */
  private <T> @Nullable T read(
      String name, Predicate<JsonNode> right, Function<JsonNode, T> reading, String wanted) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!right.test(value)) {
      wrong(name, wanted);
      return null;
    }
    return reading.apply(value);
  }

  private Iterable<JsonNode> elements(String name, String what) {
    @Nullable JsonNode value = value(name);
    if (value != null && !value.isArray()) {
      wrong(name, "a list of " + what);
      return List.of();
    }
    return value == null ? List.of() : value;
  }

  private @Nullable JsonNode value(String name) {
    known.add(name);
    return object.get(name);
  }

  private void wrong(String name, String wanted) {
    problems.add(at(name) + " must be " + wanted + ".");
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
