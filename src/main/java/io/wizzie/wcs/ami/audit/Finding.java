package io.wizzie.wcs.ami.audit;

import org.jspecify.annotations.Nullable;

/**
 * One violation of a rule.
 *
 * @param path the file, container image or AMI it is about; null when it is about the whole system
 * @param line of the file, from 1; 0 when no line is meant
 * @param message what was found, never with a secret in it
 * @param waivedBecause the configuration's reason why this is accepted; null when it is not
 */
public record Finding(
    Check check,
    Severity severity,
    @Nullable String path,
    int line,
    String message,
    @Nullable String waivedBecause) {
  static Finding of(Check check, @Nullable String path, String message) {
    return of(check, check.severity(), path, message);
  }

  static Finding of(Check check, Severity severity, @Nullable String path, String message) {
    return new Finding(check, severity, path, 0, message, null);
  }

  Finding waived(String reason) {
    return new Finding(check, severity, path, line, message, reason);
  }

  public boolean isWaived() {
    return waivedBecause != null;
  }

  /** Where it is, such as {@code /root/key.pem:1}; empty when nowhere in particular. */
  public String place() {
    return path == null ? "" : line == 0 ? path : path + ":" + line;
  }

  /** In one line, without severity and remedy. */
  public String describe() {
    return check.id() + ": " + (path == null ? "" : place() + " ") + message;
  }
}
