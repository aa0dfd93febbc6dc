package io.wizzie.wcs.ami.base;

import io.wizzie.wcs.ami.base.BuildException.Category;

/** Makes what was thrown into what a user is told. */
public final class Failures {
  private Failures() {}

  /** The failure itself, or, of a fault in this program, one that says so. */
  public static BuildException of(Throwable thrown) {
    if (thrown instanceof BuildException failure) {
      return failure;
    }
    return Category.HOST.failure(
        "Internal error: " + thrown + ". Run again with --verbose for the stack trace.", thrown);
  }

  public static String firstLine(Throwable thrown) {
    String message = of(thrown).getMessage();
    return message == null ? thrown.toString() : message.lines().findFirst().orElse("");
  }
}
