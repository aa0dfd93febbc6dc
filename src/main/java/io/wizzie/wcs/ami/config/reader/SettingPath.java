package io.wizzie.wcs.ami.config.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of a {@code --set}: names between dots, a name with a dot in it in double quotes, an
 * index as a name or in brackets ({@code image.tags."a.b"}, {@code builder.instanceTypes[0]}).
 *
 * @param text as the user wrote it
 */
record SettingPath(String text, List<String> steps) {
  private static final Pattern STEP =
      Pattern.compile("\"(?<quoted>[^\"]+)\"|(?<plain>[^.\"=\\[\\]]+)|\\[(?<index>[0-9]+)]");

  SettingPath {
    steps = List.copyOf(steps);
  }

  /** The path before the first equals sign that is not in quotes; null when there is none. */
  static @Nullable SettingPath read(String setting) {
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(setting);
    int at = 0;
    while (step.find(at) && step.start() == at) {
      steps.add(name(step));
      at = step.end();
      if (at < setting.length() && setting.charAt(at) == '=') {
        return new SettingPath(setting.substring(0, at), steps);
      }
      boolean dot = at < setting.length() && setting.charAt(at) == '.';
      boolean bracket = at < setting.length() && setting.charAt(at) == '[';
      if (!dot && !bracket) {
        return null;
      }
      at += dot ? 1 : 0;
    }
    return null;
  }

  private static String name(Matcher step) {
    String quoted = step.group("quoted");
    String plain = step.group("plain");
    return quoted != null ? quoted : plain != null ? plain : step.group("index");
  }
}
