package io.wizzie.wcs.ami.cli.command;

/** Tells how work in a region ended: the result on stdout, the rest on stderr. */
interface Telling {
  /** The exit code is the end's, unless stdout can't be written. */
  ExitCode tell(BuildEnd end);
}
