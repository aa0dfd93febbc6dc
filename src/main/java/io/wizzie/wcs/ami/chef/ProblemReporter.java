package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.base.FileNames;
import io.wizzie.wcs.ami.config.Problem;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reports problems with the files that a field of the configuration names.
 *
 * @param field path of that field
 */
record ProblemReporter(String field, Consumer<Problem> problems) {
  void report(Path where, String message) {
    report(FileNames.shown(where), message);
  }

  void report(String where, String message) {
    problems.accept(new Problem(where, field, message));
  }

  void unreadable(Path file, UnreadableFileException failure) {
    report(failure.at(FileNames.shown(file)), failure.problem());
  }
}
