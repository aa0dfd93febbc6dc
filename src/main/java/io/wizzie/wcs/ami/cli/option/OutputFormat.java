package io.wizzie.wcs.ami.cli.option;

/** How a result is written on stdout. */
public enum OutputFormat {
  TEXT,
  JSON
}
