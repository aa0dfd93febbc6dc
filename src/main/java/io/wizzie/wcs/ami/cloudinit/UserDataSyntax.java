package io.wizzie.wcs.ami.cloudinit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The YAML in user data, which cloud-init skips with a line in its log when it can't read it. What
 * is a template becomes YAML in the guest only, and is not judged.
 */
final class UserDataSyntax {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";\\n]+)\"?");
  private static final Pattern BLANK_LINE = Pattern.compile("\\r?\\n\\r?\\n");

  private UserDataSyntax() {}

  /**
   * Says what is wrong with user data whose first line says its type.
   *
   * @return such as {@code line 2: found character '\t'}; null when cloud-init can read it
   */
  static @Nullable String problem(String text) {
    return ofBody(text, 0);
  }

  /** The same for a message with MIME headers, and each part of it. */
  static @Nullable String problemOfMessage(String text) {
    return ofMessage(text, 0);
  }

  private static @Nullable String ofBody(String body, int linesBefore) {
    if (body.startsWith("#cloud-config-archive")) {
      return ofYaml(body, linesBefore, List.class, "a list");
    }
    // JSON, too, is YAML; what is a patch of JSON is a list.
    return body.startsWith("#cloud-config") && !body.startsWith("#cloud-config-jsonp")
        ? ofYaml(body, linesBefore, Map.class, "an object of keys and values")
        : null;
  }

  private static @Nullable String ofYaml(
      String body, int linesBefore, Class<?> wanted, String shape) {
    LoaderOptions options = new LoaderOptions();
    options.setWarnOnDuplicateKeys(false);
    Object content;
    try {
      content = new Yaml(new SafeConstructor(options)).load(body);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      int line = mark == null ? 1 : mark.getLine() + 1;
      return "line " + (linesBefore + line) + ": " + e.getProblem();
    } catch (YAMLException e) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("not YAML");
    }
    return content == null || wanted.isInstance(content)
        ? content instanceof List<?> archive ? ofArchive(archive) : null
        : "line " + (linesBefore + 1) + ": what follows is not " + shape;
  }

  private static @Nullable String ofArchive(List<?> archive) {
    for (int i = 0; i < archive.size(); i++) {
      Object entry = archive.get(i) instanceof Map<?, ?> map ? map.get("content") : archive.get(i);
      String problem = entry instanceof String text ? ofBody(text, 0) : null;
      if (problem != null) {
        return "entry " + (i + 1) + " of the archive, " + problem;
      }
    }
    return null;
  }

  private static @Nullable String ofMessage(String text, int linesBefore) {
    Matcher blank = BLANK_LINE.matcher(text);
    if (!blank.find()) {
      return null;
    }
    // A header that goes on in the next line is one.
    String headers = text.substring(0, blank.start()).replaceAll("\\r?\\n[ \\t]+", " ");
    String body = text.substring(blank.end());
    int before = linesBefore + lines(text.substring(0, blank.end()));
    String type = header(headers, "content-type").toLowerCase(Locale.ROOT);
    Matcher boundary = BOUNDARY.matcher(header(headers, "content-type"));
    if (type.startsWith("multipart/") && boundary.find()) {
      return ofParts(body, before, "--" + boundary.group(1));
    }
    String encoding = header(headers, "content-transfer-encoding").strip();
    if (encoding.equalsIgnoreCase("base64")) {
      return ofPart(type, decoded(body), 0);
    }
    // Quoted-printable is what nobody writes such parts in.
    return encoding.equalsIgnoreCase("quoted-printable") ? null : ofPart(type, body, before);
  }

  private static @Nullable String ofParts(String body, int linesBefore, String delimiter) {
    int number = 0;
    int from = -1;
    for (int at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + 1)) {
      if (at > 0 && body.charAt(at - 1) != '\n') {
        continue;
      }
      if (from >= 0) {
        number++;
        String problem =
            ofMessage(body.substring(from, at), linesBefore + lines(body.substring(0, from)));
        if (problem != null) {
          return problem.startsWith("part ") ? problem : "part " + number + ", " + problem;
        }
      }
      from = body.indexOf('\n', at) + 1;
    }
    return null;
  }

  private static @Nullable String ofPart(String type, String body, int linesBefore) {
    if (body.startsWith("## template:")) {
      return null;
    }
    // The type counts before the first line, which a part of cloud-config need not have.
    if (type.startsWith("text/cloud-config-archive")) {
      return ofYaml(body, linesBefore, List.class, "a list");
    }
    if (type.startsWith("text/cloud-config-jsonp")) {
      return null;
    }
    return type.startsWith("text/cloud-config")
        ? ofYaml(body, linesBefore, Map.class, "an object of keys and values")
        : type.startsWith("text/plain") ? ofBody(body, linesBefore) : null;
  }

  private static String header(String headers, String name) {
    return headers
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .collect(Collectors.joining());
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  private static int lines(String text) {
    return Math.toIntExact(text.chars().filter(c -> c == '\n').count());
  }
}
