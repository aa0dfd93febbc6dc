package io.wizzie.wcs.ami.chef;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a cookbook says of itself.
 *
 * <p>{@code metadata.rb} is a Ruby program and no Ruby is at hand here: {@code name 'x'}, {@code
 * version 'x'} and {@code depends 'x', '~> 1'} are found by regular expression, as literals at the
 * start of a line. A value that is computed is not seen; a {@code metadata.json} beside it, which
 * Chef prefers too, says it then.
 *
 * @param name null when the file does not say
 * @param version {@code 0.0.0} when the file does not say, as in Chef
 * @param depends the constraints by cookbook; empty text for any version
 * @param file where this was read
 */
record CookbookMetadata(
    @Nullable String name, String version, Map<String, String> depends, Path file) {
  private static final Pattern NAME = setting("name");
  private static final Pattern VERSION = setting("version");
  private static final Pattern DEPENDS =
      Pattern.compile(
          "^[ \\t]*depends[ \\t(]+(['\"])([^'\"\\n]+)\\1(?:[ \\t]*,[ \\t]*(['\"])([^'\"\\n]*)\\3)?",
          Pattern.MULTILINE);
  private static final String NO_VERSION = "0.0.0";

  CookbookMetadata {
    depends = Map.copyOf(depends);
  }

  /**
   * Reads {@code metadata.json}, else {@code metadata.rb}; empty when the folder has neither.
   *
   * @throws IOException also when the JSON is none
   */
  static Optional<CookbookMetadata> read(Path cookbook) throws IOException {
    Path json = cookbook.resolve("metadata.json");
    if (Files.isRegularFile(json)) {
      return Optional.of(fromJson(json));
    }
    Path ruby = cookbook.resolve("metadata.rb");
    return Files.isRegularFile(ruby) ? Optional.of(fromRuby(ruby)) : Optional.empty();
  }

  private static CookbookMetadata fromJson(Path file) throws IOException {
    JsonNode json = new ObjectMapper().readTree(Files.readString(file));
    Map<String, String> depends = new LinkedHashMap<>();
    json.path("dependencies")
        .properties()
        .forEach(entry -> depends.put(entry.getKey(), entry.getValue().asText("")));
    String name = json.path("name").asText("");
    return new CookbookMetadata(
        name.isEmpty() ? null : name, json.path("version").asText(NO_VERSION), depends, file);
  }

  private static CookbookMetadata fromRuby(Path file) throws IOException {
    String text = Files.readString(file);
    Map<String, String> depends = new LinkedHashMap<>();
    Matcher found = DEPENDS.matcher(text);
    while (found.find()) {
      String constraint = found.group(4);
      depends.put(found.group(2), constraint == null ? "" : constraint);
    }
    return new CookbookMetadata(
        first(NAME, text).orElse(null), first(VERSION, text).orElse(NO_VERSION), depends, file);
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Optional.of(found.group(2)) : Optional.empty();
  }

  private static Pattern setting(String name) {
    return Pattern.compile("^[ \\t]*" + name + "[ \\t(]+(['\"])([^'\"\\n]+)\\1", Pattern.MULTILINE);
  }
}
