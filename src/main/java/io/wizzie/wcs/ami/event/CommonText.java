package io.wizzie.wcs.ami.event;

import java.util.regex.Pattern;

/**
 * Text that stands in any document: words, names of packages and images, versions, addresses
 * without a password, IDs of EC2. A secret that looks so can't be told from it.
 */
final class CommonText {
  /** An ID of EC2's, of either length. */
  static final Pattern RESOURCE_ID = Pattern.compile("[a-z]+-([0-9a-f]{17}|[0-9a-f]{8})");

  private static final Pattern WORDS =
      Pattern.compile("[^A-Za-z0-9]*(([A-Z]?[a-z]*|[A-Z]+)[0-9]{0,4}([^A-Za-z0-9]+|$))+");

  private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}([-.:+~][0-9]{1,4})+");

  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s@?]*");

  /** A longer run of letters is no word. */
  private static final Pattern RUN = Pattern.compile("[A-Za-z]{21}");

  private CommonText() {}

  static boolean is(String text) {
    return ADDRESS.matcher(text).matches()
        || VERSION.matcher(text).matches()
        || RESOURCE_ID.matcher(text).matches()
        || isWords(text);
  }

  /** Mostly letters, in words with at most a number behind. */
  static boolean isWords(String text) {
    long letters = text.chars().filter(Character::isLetter).count();
    return letters * 2 >= text.length()
        && !RUN.matcher(text).find()
        && WORDS.matcher(text).matches();
  }
}
