package io.wizzie.wcs.ami.chef;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chef-solo that a guest has.
 *
 * @param product as it names itself, such as {@code Cinc Client}
 * @param version such as {@code 18.7.10}
 * @param soloPath absolute path in the guest
 * @param standIn whether it is the local region's stand-in, which is not Chef
 */
public record InstalledChef(String product, String version, String soloPath, boolean standIn) {
  private static final Pattern FORM = Pattern.compile("(?m)^(.+?):\\s*(\\d+(?:\\.\\d+)+)\\b(.*)$");

  /** Reads what {@code chef-solo --version} prints; empty when that is of another form. */
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
