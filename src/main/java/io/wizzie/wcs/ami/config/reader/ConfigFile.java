package io.wizzie.wcs.ami.config.reader;

import io.wizzie.wcs.ami.base.Utf8;
import io.wizzie.wcs.ami.config.RegionNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One configuration file, checked by itself.
 *
 * @param main what holds in every region
 * @param regions by region, what is different there
 */
record ConfigFile(Value main, Map<String, Value> regions) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** The file that is read when none is named. */
  private static final Path DEFAULT = Path.of("config", "wcs-ami.json");

  private static final int LARGEST = 4 << 20;

  /** Reads and checks a file; null when it can't be read or isn't JSON. */
  static @Nullable ConfigFile read(Path file, int source, Problems problems) {
    Origin origin = Origin.file(source, file);
    String text = text(file, origin, problems);
    Value value = text == null ? null : parse(text, origin, problems);
    if (value == null) {
      return null;
    }
    Value checked = new ShapeCheck(problems).check(value, FieldTable.FILE, "");
    return checked instanceof Value.Fields fields ? split(fields, problems) : null;
  }

  private static @Nullable String text(Path file, Origin origin, Problems problems) {
    String problem;
    try {
      byte[] bytes = bytes(file);
      if (bytes.length > LARGEST) {
        problems.add(origin, "", "is larger than 4 MiB, which no configuration is.");
        return null;
      }
      String text = Utf8.decode(bytes);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      problem = "is not UTF-8 text; save it in that encoding.";
    } catch (IOException e) {
      problem = unreadable(file, e);
    }
    problems.add(origin, "", problem);
    return null;
  }

  /** Not asked for its size before: a pipe has none, and a device has no end. */
  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST + 1);
    }
  }

  private static String unreadable(Path file, IOException e) {
    if (file.equals(DEFAULT) && Files.notExists(file)) {
      return "does not exist in "
          + Path.of("").toAbsolutePath()
          + "; go to the project's folder, or name a file with --config.";
    }
    if (Files.notExists(file)) {
      return "does not exist; correct the path, or leave --config out for config/wcs-ami.json.";
    }
    return Files.isDirectory(file)
        ? "is a folder; name a file in it."
        : "can't be read (" + e + "); check its permissions.";
  }

  private static @Nullable Value parse(String text, Origin origin, Problems problems) {
    Value value;
    try {
      value = JsonText.read(text, origin.at(1, 0), "", problems);
    } catch (NotJsonException e) {
      problems.add(e.in(origin), "", e.getMessage());
      return null;
    }
    if (value instanceof Value.Unset) {
      problems.add(value.origin(), "", "null is no configuration; write an object, such as {}.");
      return null;
    }
    return value;
  }

  private static ConfigFile split(Value.Fields fields, Problems problems) {
    Map<String, Value> main = new LinkedHashMap<>(fields.members());
    main.remove("$schema");
    Value regions = main.remove("regions");
    Map<String, Value> overrides = new LinkedHashMap<>();
    if (regions instanceof Value.Fields byName) {
      byName
          .members()
          .forEach(
              (region, value) -> {
                String block = FieldPath.child("regions", region);
                Value marked = Value.in(value, block);
                overrides.put(
                    region,
                    region.equals(RegionNames.LOCAL)
                        ? marked
                        : FallbackRule.refuse(marked, block, problems));
              });
    }
    Value build = new Value.Fields(fields.origin(), main);
    return new ConfigFile(FallbackRule.refuse(build, "", problems), overrides);
  }
}
