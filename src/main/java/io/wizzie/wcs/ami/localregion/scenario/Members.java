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
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    boolean one = words.length == 0 || Arrays.asList(words).contains(value.asText());
    if (!value.isTextual() || value.textValue().isEmpty() || !one) {
      wrong(name, words.length == 0 ? "text" : String.join(" or ", words));
      return null;
    }
    return value.textValue();
  }

  /** A duration such as {@code 1m30s} or {@code 250ms}; null if there is none. */
  @Nullable Duration duration(String name, Duration longest) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    Matcher parts = DURATION.matcher(value.asText());
    if (!value.isTextual() || !parts.matches()) {
      wrong(name, "a duration such as 90s, 1m30s or 250ms");
      return null;
    }
    long millis = 0;
    for (int part = 0; part < MILLIS.length; part++) {
      @Nullable String digits = parts.group(part + 1);
      millis += digits == null ? 0 : Long.parseLong(digits) * MILLIS[part];
    }
    if (millis > longest.toMillis()) {
      wrong(name, "at most " + longest.toHours() + "h");
    }
    return Duration.ofMillis(millis);
  }

  int whole(String name, int otherwise, int least, int most) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      wrong(name, "a whole number from " + least + " to " + most);
      return otherwise;
    }
    return value.intValue();
  }

  double number(String name, double otherwise, double least, double most) {
    @Nullable JsonNode value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
      wrong(name, String.format(Locale.ROOT, "a number from %.0f to %.0f", least, most));
      return otherwise;
    }
    return value.doubleValue();
  }

  /** False if it is not there. */
  boolean flag(String name) {
    @Nullable JsonNode value = value(name);
    if (value != null && !value.isBoolean()) {
      wrong(name, "true or false");
    }
    return value != null && value.asBoolean();
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
