package io.wizzie.wcs.ami.cli;

/** Entry point of the program, and its only exit. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    throw new UnsupportedOperationException(String.join(" ", args));
  }
}
