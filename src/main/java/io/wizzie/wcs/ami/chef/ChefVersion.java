package io.wizzie.wcs.ami.chef;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code chef-solo --version} prints, such as {@code Cinc Client: 18.7.10}. */
final class ChefVersion {
  private static final Pattern FORM = Pattern.compile("(?m)^(.+?):\\s*(\\d+(?:\\.\\d+)+)\\b(.*)$");

  private ChefVersion() {}

  /** The installed Chef, or empty when the text is of another form. */
  static Optional<InstalledChef> parse(String text, String soloPath) {
    Matcher form = FORM.matcher(text);
    if (!form.find()) {
      return Optional.empty();
    }
    boolean standIn = form.group().toLowerCase(Locale.ROOT).contains("stand-in");
    return Optional.of(new InstalledChef(form.group(1).strip(), form.group(2), soloPath, standIn));
  }

  /** Whether an installed version is the wanted one, which may leave out its last parts. */
  static boolean satisfies(String installed, String wanted) {
    return installed.equals(wanted) || installed.startsWith(wanted + ".");
  }

  /** The configuration's name of a product that calls itself {@code name}. */
  static String product(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("cinc") ? "cinc" : lower.startsWith("chef") ? "chef" : lower;
  }
}
