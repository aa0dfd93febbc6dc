package io.wizzie.wcs.ami.localregion.state;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The right to work on one guest or its file system, among all threads and processes: of a process
 * that dies another one carries the work on.
 */
public final class WorkLock {
  private static final String FOLDER = "work";
  private static final String SUFFIX = ".lock";

  private WorkLock() {}

  /** Takes the right to work on what has the ID, or leaves it to who has it. */
  public static Optional<LockFile> tryTake(Path folder, String id) {
    Path locks = folder.resolve(FOLDER);
    try {
      PrivateFiles.createFolders(locks);
    } catch (IOException e) {
      throw failure(locks, e);
    }
    return LockFile.tryTake(locks.resolve(id + SUFFIX), Duration.ZERO);
  }

  /**
   * Removes the lock files of all but these IDs. Nobody takes the right to work on those again, so
   * a file that is still locked may go as well.
   */
  public static void sweep(Path folder, Set<String> ids) {
    Path locks = folder.resolve(FOLDER);
    if (Files.notExists(locks)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(locks, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!ids.contains(name.substring(0, name.length() - SUFFIX.length()))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw failure(locks, e);
    }
  }

  private static BuildException failure(Path file, IOException cause) {
    return Category.HOST.failure(
        "The local region's locks " + file + " can't be used: " + cause, cause);
  }
}
