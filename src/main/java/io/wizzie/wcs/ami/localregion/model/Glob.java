package io.wizzie.wcs.ami.localregion.model;

import java.util.Locale;

/**
 * A pattern with {@code *} for any text and {@code ?} for one character.
 *
 * <p>No regular expression: one of those takes for ever on a pattern of many stars, and clients
 * choose the patterns.
 */
public final class Glob {
  private static final char ANY_TEXT = '*';

  /** The pattern's characters; what is a wildcard is in the other array. */
  private final String text;

  private final boolean[] wild;
  private final boolean anyCase;

  private Glob(String text, boolean[] wild, boolean anyCase) {
    this.text = text;
    this.wild = wild;
    this.anyCase = anyCase;
  }

  /** As in EC2's filters: a backslash takes a wildcard's meaning, and case counts. */
  public static Glob ofFilter(String pattern) {
    StringBuilder text = new StringBuilder();
    boolean[] wild = new boolean[pattern.length()];
    for (int at = 0; at < pattern.length(); at++) {
      char character = pattern.charAt(at);
      if (character == '\\' && at + 1 < pattern.length()) {
        character = pattern.charAt(++at);
      } else {
        wild[text.length()] = isWild(character);
      }
      text.append(character);
    }
    return new Glob(text.toString(), wild, false);
  }

  /** As in IAM's policies, in any case: {@code ec2:Describe*} is one, and so is {@code t3.*}. */
  public static Glob ofName(String pattern) {
    boolean[] wild = new boolean[pattern.length()];
    for (int at = 0; at < wild.length; at++) {
      wild[at] = isWild(pattern.charAt(at));
    }
    return new Glob(pattern.toLowerCase(Locale.ROOT), wild, true);
  }

  /** Whether the whole text is one of the pattern's; takes at most their lengths' product. */
  public boolean matches(String whole) {
    String tried = anyCase ? whole.toLowerCase(Locale.ROOT) : whole;
    int at = 0;
    int pattern = 0;
    int star = -1;
    int afterStar = 0;
    while (at < tried.length()) {
      if (pattern < text.length() && wild[pattern] && text.charAt(pattern) == ANY_TEXT) {
        star = pattern++;
        afterStar = at;
      } else if (pattern < text.length()
          && (wild[pattern] || text.charAt(pattern) == tried.charAt(at))) {
        pattern++;
        at++;
      } else if (star >= 0) {
        // The last star takes one character more; earlier ones need not be tried again.
        pattern = star + 1;
        at = ++afterStar;
      } else {
        return false;
      }
    }
    while (pattern < text.length() && wild[pattern] && text.charAt(pattern) == ANY_TEXT) {
      pattern++;
    }
    return pattern == text.length();
  }

  private static boolean isWild(char character) {
    return character == ANY_TEXT || character == '?';
  }
}
