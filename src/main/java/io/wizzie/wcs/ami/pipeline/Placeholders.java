package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.BuildId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code {timestamp}} (the build's start in UTC, {@code 20261122135800}), {@code
 * {version}} and {@code {build-id}}.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  private final Map<String, String> values;

  Placeholders(BuildId buildId, String version) {
    this.values =
        Map.of(
            "timestamp", TIMESTAMP.format(buildId.startedAt()),
            "version", version,
            "build-id", buildId.value());
  }

  /**
   * The text without placeholders.
   *
   * @param field the configuration's field, for the message
   * @throws BuildException category CONFIGURATION for an unknown one
   */
  String fill(String field, String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) {
        throw new BuildException(
            Category.CONFIGURATION,
            field
                + " has the unknown placeholder "
                + matcher.group()
                + "; there are {timestamp}, {version} and {build-id}.");
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(filled).toString();
  }

  Map<String, String> fill(String field, Map<String, String> texts) {
    Map<String, String> filled = new TreeMap<>();
    texts.forEach((key, text) -> filled.put(key, fill(field + "." + key, text)));
    return filled;
  }
}
