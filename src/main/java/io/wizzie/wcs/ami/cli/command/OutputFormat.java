package io.wizzie.wcs.ami.cli.command;

import java.util.Locale;

/** How a result is written on stdout. */
enum OutputFormat {
  TEXT,
  JSON;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
