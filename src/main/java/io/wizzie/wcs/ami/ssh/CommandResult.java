package io.wizzie.wcs.ami.ssh;

/**
 * How a remote command ended.
 *
 * @param exitCode its exit status; 128 + N when a signal ended it
 * @param stdout at most the last 256 KiB of standard output, decoded as UTF-8
 * @param stderr likewise of standard error
 */
public record CommandResult(int exitCode, String stdout, String stderr) {
  public boolean succeeded() {
    return exitCode == 0;
  }

  /** What it said of itself, on standard error if it did there; else its exit code. */
  public String said() {
    String text = (stderr.isBlank() ? stdout : stderr).strip();
    return text.isEmpty() ? "exit code " + exitCode : text;
  }
}
