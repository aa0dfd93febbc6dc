package io.wizzie.wcs.ami.event;

/** How much of a build a console shows; the log file always has everything. */
public enum Verbosity {
  /** Warnings and errors only. */
  QUIET,
  /** Stages, what they are doing, what they yielded. */
  NORMAL,
  /** Also every line that the guest prints, and every resource made and removed. */
  VERBOSE
}
