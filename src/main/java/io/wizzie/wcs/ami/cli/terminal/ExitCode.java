package io.wizzie.wcs.ami.cli.terminal;

import io.wizzie.wcs.ami.base.BuildException;

/** The exit codes of the program. Make turns any failure into its own 2. */
public enum ExitCode {
  OK(0, "Done; for a build, the image's ID is on stdout."),
  FAILED(1, "Failed; everything the build created was removed."),
  USAGE(2, "Wrong options, configuration or credentials; nothing was created."),
  LEFT_BEHIND(3, "Something was left behind, wanted or not; stderr names it and how to remove it."),
  CHECK_FAILED(4, "A check of the image failed; a build prints no ID then."),
  INTERRUPTED(130, "Interrupted; everything the build created was removed.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** One sentence for the help. */
  public String meaning() {
    return meaning;
  }

  /** The code that tells of this kind of failure, when nothing was left behind. */
  public static ExitCode of(BuildException.Category category) {
    return switch (category) {
      case CONFIGURATION, CREDENTIALS -> USAGE;
      case CHECK -> CHECK_FAILED;
      case INTERRUPTED -> INTERRUPTED;
      case EC2, ACCESS, GUEST, HOST -> FAILED;
    };
  }
}
