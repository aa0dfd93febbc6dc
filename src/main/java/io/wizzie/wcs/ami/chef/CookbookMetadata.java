package io.wizzie.wcs.ami.chef;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name, version and dependencies that a cookbook states.
 *
 * <p>{@code metadata.rb} is a Ruby program and no Ruby is at hand here: only literals that hold
 * whatever happens are read. Of the rest nothing is concluded, for Chef itself reads it in the
 * guest; a {@code metadata.json} beside it, which Chef prefers too, says it here.
 *
 * @param name empty when the file states none; null when it is computed
 * @param version {@code 0.0.0} when the file states none, as in Chef; null when it is computed
 * @param depends the constraints by cookbook, as far as they are known; empty text for any version
 * @param file where this was read
 */
record CookbookMetadata(
    @Nullable String name, @Nullable String version, Map<String, String> depends, Path file) {
  private static final String VALUE = "(['\"])([^'\"\\\\#]+)";
  private static final Pattern DEPENDS =
      Pattern.compile(
          "depends[ \\t(]+" + VALUE + "\\1(?:\\s*,\\s*(['\"])([^'\"\\\\#]*)\\3)?\\s*\\)?\\s*;?");
  private static final String NO_VERSION = "0.0.0";

  CookbookMetadata {
    depends = Map.copyOf(depends);
  }

  /** Reads {@code metadata.json}, else {@code metadata.rb}; empty when the folder has neither. */
  static Optional<CookbookMetadata> read(Path cookbook) throws UnreadableFileException {
    Path file = file(cookbook);
    return Files.isRegularFile(file)
        ? Optional.of(file.endsWith("metadata.json") ? fromJson(file) : fromRuby(file))
        : Optional.empty();
  }

  /** The file that Chef takes. */
  static Path file(Path cookbook) {
    Path json = cookbook.resolve("metadata.json");
    return Files.isRegularFile(json) ? json : cookbook.resolve("metadata.rb");
  }

  private static CookbookMetadata fromJson(Path file) throws UnreadableFileException {
    JsonNode json = SourceFile.json(file);
    Map<String, String> depends = new LinkedHashMap<>();
    json.path("dependencies")
        .properties()
        .forEach(entry -> depends.put(entry.getKey(), entry.getValue().asText("")));
    return new CookbookMetadata(
        json.path("name").asText(""), json.path("version").asText(NO_VERSION), depends, file);
  }

  private static CookbookMetadata fromRuby(Path file) throws UnreadableFileException {
    RubyText text = RubyText.of(SourceFile.ruby(file));
    Map<String, String> depends = new LinkedHashMap<>();
    for (String line : text.certain()) {
      Matcher found = DEPENDS.matcher(line);
      if (found.matches()) {
        String constraint = found.group(4);
        depends.put(found.group(2), constraint == null ? "" : constraint);
      }
    }
    return new CookbookMetadata(
        literal("name", text, ""), literal("version", text, NO_VERSION), depends, file);
  }

  /** The setting's value; {@code otherwise} where the word does not occur, null if computed. */
  private static @Nullable String literal(String setting, RubyText text, String otherwise) {
    Pattern literal = Pattern.compile(setting + "[ \\t(]+" + VALUE + "\\1\\s*\\)?\\s*;?");
    Pattern statement = Pattern.compile("\\s*(?:self\\.)?" + setting + "\\b.*");
    Pattern word = Pattern.compile(".*\\b" + setting + "\\b.*");
    long statements =
        text.code().stream().filter(line -> statement.matcher(line).matches()).count();
    Optional<String> last =
        text.certain().stream()
            .map(literal::matcher)
            .filter(Matcher::matches)
            .map(found -> found.group(2))
            .reduce((one, later) -> later);
    if (last.isPresent()) {
      return statements == 1 ? last.get() : null;
    }
    return text.code().stream().anyMatch(line -> word.matcher(line).matches()) ? null : otherwise;
  }
}
