package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Files of the region's folder on this machine, readable by the user alone. */
final class HostFiles {
  private HostFiles() {}

  static void createFolder(Path folder) {
    try {
      PrivateFiles.createFolders(folder);
    } catch (IOException uncreatable) {
      throw failure(folder, "cannot be created", uncreatable);
    }
  }

  private static void createFolderOf(Path file) {
    Path folder = file.getParent();
    if (folder != null) {
      createFolder(folder);
    }
  }

  /** Writes a file and the folders that it needs. */
  static void write(Path file, byte[] content, boolean executable) {
    createFolderOf(file);
    try {
      PrivateFiles.write(file, content);
      if (executable) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException unwritable) {
      throw failure(file, "cannot be written", unwritable);
    }
  }

  /** Removes a file or a folder with what is in it; one that is not there is no error. */
  static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException undeletable) {
      throw failure(path, "cannot be removed", undeletable);
    }
  }

  /** Does something while no other process or thread does it under the same lock file. */
  static <T> T locked(Path lockFile, Supplier<T> work) {
    createFolderOf(lockFile);
    return LockFile.lockedForLong(lockFile, work);
  }

  private static BuildException failure(Path path, String what, Exception cause) {
    return Category.HOST.failure(
        "%s %s: %s. Check its permissions and the free space.".formatted(path, what, cause), cause);
  }
}
