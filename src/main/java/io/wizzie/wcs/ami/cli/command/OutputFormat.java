package io.wizzie.wcs.ami.cli.command;

/** How a result is written on stdout. */
enum OutputFormat {
  TEXT,
  JSON
}
