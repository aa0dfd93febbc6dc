package io.wizzie.wcs.ami.localregion.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Picks from apt's sources those of the distribution itself, so that guests use the mirror that the
 * host uses, and nothing that someone else added to the host.
 */
final class AptSources {
  /** {@code deb [options] uri suite component…}. */
  private static final Pattern LINE =
      Pattern.compile(
          "deb\\s+(?:\\[(?<options>[^]]*)]\\s+)?(?<uri>\\S+)\\s+(?<suite>\\S+)(?<rest>.*)");

  private static final Pattern SIGNED_BY = Pattern.compile("(?i)signed-by=(\\S+)");

  private final OsRelease release;
  private final Set<String> entries = new LinkedHashSet<>();

  AptSources(OsRelease release) {
    this.release = release;
  }

  /** Those found, each in one line, verified with the distribution's keys. */
  List<String> entries() {
    return List.copyOf(entries);
  }

  /** Adds what a {@code .list} file names. */
  void addLines(String text) {
    for (String line : text.lines().toList()) {
      Matcher entry = LINE.matcher(line.replaceFirst("#.*", "").strip());
      if (entry.matches()) {
        String options = entry.group("options");
        Matcher signedBy = SIGNED_BY.matcher(options == null ? "" : options);
        add(
            entry.group("uri"),
            entry.group("suite"),
            words(entry.group("rest")),
            signedBy.find() ? signedBy.group(1) : null);
      }
    }
  }

  /** Adds what a {@code .sources} file names, in the format of deb822. */
  void addStanzas(String text) {
    for (String stanza : text.split("\\n\\s*\\n", -1)) {
      Map<String, String> fields = fields(stanza);
      boolean binary = words(fields.getOrDefault("types", "")).contains("deb");
      if (!binary || fields.getOrDefault("enabled", "yes").strip().equalsIgnoreCase("no")) {
        continue;
      }
      List<String> components = words(fields.getOrDefault("components", ""));
      String signedBy = fields.get("signed-by");
      for (String uri : words(fields.getOrDefault("uris", ""))) {
        for (String suite : words(fields.getOrDefault("suites", ""))) {
          add(uri, suite, components, signedBy == null ? null : signedBy.strip());
        }
      }
    }
  }

  private static Map<String, String> fields(String stanza) {
    Map<String, String> fields = new HashMap<>();
    String last = "";
    for (String line : stanza.lines().filter(text -> !text.startsWith("#")).toList()) {
      int colon = line.indexOf(':');
      if (line.startsWith(" ") || line.startsWith("\t")) {
        fields.merge(last, line, (before, more) -> before + "\n" + more);
      } else if (colon > 0) {
        last = line.substring(0, colon).toLowerCase(Locale.ROOT);
        fields.put(last, line.substring(colon + 1));
      }
    }
    return fields;
  }

  private void add(String uri, String suite, List<String> components, @Nullable String signedBy) {
    if (isReachable(uri)
        && isOwnSuite(suite)
        && components.contains("main")
        && isOwn(uri, signedBy)) {
      entries.add(
          "deb [signed-by=%s] %s %s %s"
              .formatted(release.keyring(), uri, suite, String.join(" ", components)));
    }
  }

  /** A CD or a folder of the host is no mirror for a guest. */
  private static boolean isReachable(String uri) {
    return uri.startsWith("http://") || uri.startsWith("https://");
  }

  private boolean isOwnSuite(String suite) {
    String codename = release.codename();
    return codename != null
        && (suite.equals(codename)
            || suite.equals(codename + "-updates")
            || suite.equals(codename + "-security"));
  }

  /** Others' archives often have the distribution's suites, too, but never its key. */
  private boolean isOwn(String uri, @Nullable String signedBy) {
    return signedBy == null
        ? uri.contains(release.id())
        : signedBy.contains(release.id() + "-archive");
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>(List.of(text.strip().split("\\s+", -1)));
    words.removeIf(String::isEmpty);
    return words;
  }
}
