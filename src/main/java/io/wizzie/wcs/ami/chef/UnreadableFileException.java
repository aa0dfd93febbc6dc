package io.wizzie.wcs.ami.chef;

/** A file of the user's that Chef could not read either, or this user may not. */
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
