package io.wizzie.wcs.ami.localregion.model;

/**
 * A name with IAM's wildcards, in any case: {@code ec2:Describe*} is one, and so is {@code t3.*}.
 */
public final class NamePattern {
  private final String text;
  private final Glob glob;

  private NamePattern(String text) {
    this.text = text;
    this.glob = Glob.ofName(text);
  }

  public static NamePattern of(String text) {
    return new NamePattern(text);
  }

  public boolean matches(String name) {
    return glob.matches(name);
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
