package io.wizzie.wcs.ami.chef;

/** Says that a file can't be read: by this user, or in that form by Chef either. */
final class UnreadableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The line that is to blame; 0 for the whole file. */
  private final int line;

  UnreadableFileException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** The place, as problems name it. */
  String at(String file) {
    return line > 0 ? file + ":" + line : file;
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
