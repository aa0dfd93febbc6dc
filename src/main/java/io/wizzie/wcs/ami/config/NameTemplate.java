package io.wizzie.wcs.ami.config;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Texts with placeholders: {@code {timestamp}}, {@code {version}} and {@code {build-id}} in the
 * image's name, description and tags.
 */
public final class NameTemplate {
  /** The time of the build, {@code yyyyMMddHHmmss} in UTC. */
  private static final String TIMESTAMP = "timestamp";

  /** The product's version, {@link BuildSpec#version()}. */
  private static final String VERSION = "version";

  /** What identifies the build, as in its tags and its output folder. */
  private static final String BUILD_ID = "build-id";

  static final List<String> PLACEHOLDERS = List.of(TIMESTAMP, VERSION, BUILD_ID);

  private static final DateTimeFormatter UTC_SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  /** Only what looks like a name is a placeholder: JSON in a tag's value stays as it is. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_-]*)}");

  private static final Pattern PACKERS = Pattern.compile("\\{\\{[^{}]*}}");

  private final Map<String, String> values;

  /** Of one build. */
  public NameTemplate(Instant time, String version, String buildId) {
    values = Map.of(TIMESTAMP, UTC_SECONDS.format(time), VERSION, version, BUILD_ID, buildId);
  }

  /**
   * Fills in every placeholder.
   *
   * @throws IllegalArgumentException for a placeholder without a value; a {@link BuildSpec} that
   *     {@code SpecReader} made has none
   */
  public String render(String template) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
  }

  /** The same of every value. */
  public Map<String, String> render(Map<String, String> templates) {
    Map<String, String> rendered = new TreeMap<>();
    templates.forEach((key, template) -> rendered.put(key, render(template)));
    return rendered;
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No value for the placeholder {" + name + "}");
    }
    return value;
  }

  /** What is wrong with the placeholders, to follow the text in a message; null when nothing is. */
  static @Nullable String problemWith(String template) {
    Matcher packers = PACKERS.matcher(template);
    if (packers.find()) {
      return "has Packer's %s; write one of {%s}."
          .formatted(packers.group(), String.join("}, {", PLACEHOLDERS));
    }
    Matcher placeholder = PLACEHOLDER.matcher(template);
    while (placeholder.find()) {
      String name = placeholder.group(1);
      if (!PLACEHOLDERS.contains(name)) {
        return "has the unknown placeholder {"
            + name
            + "}"
            + NearestName.of(name, PLACEHOLDERS)
                .map(near -> "; did you mean {" + near + "}?")
                .orElse("; there are {" + String.join("}, {", PLACEHOLDERS) + "}.");
      }
    }
    return null;
  }
}
