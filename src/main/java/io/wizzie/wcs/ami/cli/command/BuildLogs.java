package io.wizzie.wcs.ami.cli.command;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.PrivateFiles;
import io.wizzie.wcs.ami.event.JsonLinesListener;
import io.wizzie.wcs.ami.event.LogFileListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The folder {@code output/<build-id>} of one build, with its logs open. */
record BuildLogs(Path path, LogFileListener log, JsonLinesListener events) {
  /**
   * Makes the folder, for the owner only: what a guest prints may be secret, and a kept builder's
   * key is put here.
   *
   * @throws BuildException category HOST when it can't be made
   */
  static BuildLogs create(Path path) {
    try {
      PrivateFiles.createFolderOf(path);
      PrivateFiles.createFolder(path);
      return open(path);
    } catch (IOException | UncheckedIOException failed) {
      throw Category.HOST.failure(
          "The build's folder "
              + path
              + " can't be made ("
              + failed
              + "). Run wcs-ami in a folder that you may write to.",
          failed);
    }
  }

  /**
   * Opens the folder of a build that was killed; the logs go on where they end.
   *
   * @throws BuildException category HOST when they can't be written
   */
  static BuildLogs reopen(Path path) {
    try {
      return open(path);
    } catch (UncheckedIOException failed) {
      throw Category.HOST.failure(
          "The logs in " + path + " can't be gone on with: " + failed, failed);
    }
  }

  private static BuildLogs open(Path path) {
    return new BuildLogs(
        path,
        new LogFileListener(path.resolve("build.log")),
        new JsonLinesListener(path.resolve("events.jsonl"), path.getFileName().toString()));
  }

  Path logFile() {
    return path.resolve("build.log");
  }
}
