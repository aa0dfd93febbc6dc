package io.wizzie.wcs.ami.config;

/**
 * One thing that is wrong with the input.
 *
 * @param where file and line, or the option, such as {@code config/wcs-ami.json:12}
 * @param path dotted path of the field, such as {@code builder.rootVolume.sizeGib}; empty when the
 *     whole file is meant
 * @param message what is wrong, with the value, and what to write instead
 */
public record Problem(String where, String path, String message) {
  private static final String SET = "--set ";

  @Override
  public String toString() {
    // "--set image" names image.name half already.
    String set = where.startsWith(SET) ? where.substring(SET.length()) : "";
    boolean inside =
        !set.isEmpty()
            && path.startsWith(set)
            && path.substring(set.length()).matches("([.\\[].*)?");
    return inside
        ? SET + path + ": " + message
        : where + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
