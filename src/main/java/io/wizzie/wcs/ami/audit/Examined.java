package io.wizzie.wcs.ami.audit;

import org.jspecify.annotations.Nullable;

/**
 * That a check was made, or why it could not be.
 *
 * @param looked what it has looked at; empty when it could not
 * @param unasked why there is no answer; null when there is
 */
public record Examined(Check check, String looked, @Nullable String unasked) {
  static Examined looked(Check check, String at) {
    return new Examined(check, at, null);
  }

  static Examined unasked(Check check, String why) {
    return new Examined(check, "", why);
  }
}
