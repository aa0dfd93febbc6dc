package io.wizzie.wcs.ami.e2e;

/** Exit codes of a build that are right. */
enum Ends {
  BUILT,
  BUILT_OR_CLEAN,
  FAILED;

  boolean include(int exitCode) {
    return switch (this) {
      case BUILT -> exitCode == 0;
      case BUILT_OR_CLEAN -> exitCode == 0 || exitCode == 1;
      case FAILED -> exitCode == 1 || exitCode == 2 || exitCode == 3;
    };
  }
}
