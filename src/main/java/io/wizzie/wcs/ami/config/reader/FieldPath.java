package io.wizzie.wcs.ami.config.reader;

import java.util.regex.Pattern;

/** Writes the path of a field, as in messages and after --set. */
final class FieldPath {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$:/@-]+");

  private FieldPath() {}

  static String child(String path, String name) {
    String shown = PLAIN.matcher(name).matches() ? name : '"' + name + '"';
    return path.isEmpty() ? shown : path + "." + shown;
  }

  static String element(String path, int index) {
    return path + "[" + index + "]";
  }
}
