package io.wizzie.wcs.ami.audit;

import java.util.Locale;

/** What a finding means for the image; the words are SARIF's levels, too. */
public enum Severity {
  /** The Marketplace would refuse or delist the image: it is not handed out. */
  ERROR,
  /** Against good practice, or soon an error. */
  WARNING,
  /** Something to know. */
  NOTE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
