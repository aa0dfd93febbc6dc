package io.wizzie.wcs.ami.local;

import java.util.regex.Pattern;

/**
 * A name with IAM's wildcards: {@code *} for any text, {@code ?} for one character, in any case.
 * {@code ec2:Describe*} is one, and so is {@code t3.*}.
 */
public final class NamePattern {
  private final String text;
  private final Pattern pattern;

  private NamePattern(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  public static NamePattern of(String text) {
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      switch (character) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(character)));
      }
    }
    return new NamePattern(
        text, Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
  }

  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
