package io.wizzie.wcs.ami.config.reader;

import java.nio.file.Path;

/**
 * Where a value was written.
 *
 * @param source position of the file or option on the command line; problems are reported in that
 *     order
 * @param name the file as the user named it, or the option, such as {@code --set image.name}
 * @param line of the file, from 1; 0 when it has none
 * @param column of the line, from 1; 0 when only the line matters
 * @param folder what relative paths resolve against
 * @param block of the file that it is in, such as {@code regions.local}; empty for the build itself
 */
record Origin(int source, String name, int line, int column, Path folder, String block) {
  /** Relative paths of options, unlike a file's, are the shell's: they start where the user is. */
  private static final Path WORKING_FOLDER = Path.of("").toAbsolutePath();

  /** Of a default: nobody wrote it. */
  static final Origin DEFAULT = option(Integer.MAX_VALUE, "default");

  static Origin option(int source, String name) {
    return new Origin(source, name, 0, 0, WORKING_FOLDER, "");
  }

  static Origin file(int source, Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return new Origin(source, file.toString(), 0, 0, folder == null ? WORKING_FOLDER : folder, "");
  }

  Origin at(int atLine, int atColumn) {
    return new Origin(source, name, atLine, atColumn, folder, block);
  }

  Origin in(String anyBlock) {
    return new Origin(source, name, line, column, folder, anyBlock);
  }

  /** With the block. */
  String full() {
    return block.isEmpty() ? where() : where() + " (" + block + ")";
  }

  /** The form that editors and terminals make a link of. */
  String where() {
    if (line == 0) {
      return name;
    }
    return column == 0 ? name + ":" + line : name + ":" + line + ":" + column;
  }
}
