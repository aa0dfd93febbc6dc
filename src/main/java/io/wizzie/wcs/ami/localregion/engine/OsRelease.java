package io.wizzie.wcs.ami.localregion.engine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /etc/os-release} says of a system.
 *
 * @param id such as {@code debian}
 * @param versionId such as {@code 12} or {@code 24.04}
 * @param codename such as {@code bookworm}; null where there is none
 * @param prettyName for people
 */
record OsRelease(String id, String versionId, @Nullable String codename, String prettyName) {
  /** Parses the file's text; values may be quoted. */
  static OsRelease parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), unquote(line.substring(equals + 1).strip()));
      }
    }
    String id = values.getOrDefault("ID", "linux");
    return new OsRelease(
        id,
        // Debian's testing has none.
        values.getOrDefault("VERSION_ID", values.getOrDefault("VERSION_CODENAME", "unknown")),
        values.get("VERSION_CODENAME"),
        values.getOrDefault("PRETTY_NAME", id));
  }

  private static String unquote(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.endsWith(value.substring(0, 1));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Where the distribution keeps the keys of its archive. */
  String keyring() {
    return "/usr/share/keyrings/" + id + "-archive-keyring.gpg";
  }
}
