package io.wizzie.wcs.ami.localregion.state;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A folder of small files that several processes read and replace, readable by its owner only. It
 * is made when something is first written to it.
 */
public record SharedFolder(Path folder) {
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Does something while no other thread or process does it in the same folder. */
  public <T> T locked(Supplier<T> work) {
    try {
      PrivateFiles.createFolders(folder);
    } catch (IOException e) {
      throw failure("can't be made", folder, e);
    }
    return LockFile.locked(file("lock"), work);
  }

  /** The file's content; empty if there is none. */
  public Optional<byte[]> read(String name) {
    try {
      return Optional.of(PrivateFiles.read(file(name)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("can't be read", file(name), e);
    }
  }

  /**
   * Replaces the file so that a crash at any point leaves the old content or the new; to be called
   * with the lock held.
   */
  public void replace(String name, byte[] content) {
    try {
      PrivateFiles.replace(file(name), file(name + ".new"), content);
      // The move itself is durable only when the folder is.
      PrivateFiles.syncFolder(folder);
    } catch (IOException e) {
      throw failure("can't be written", file(name), e);
    }
  }

  /** Removes the file; one that is not there is no error. */
  public void delete(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw failure("can't be removed", file(name), e);
    }
  }

  static BuildException failure(String what, Path path, IOException cause) {
    return Category.HOST.failure(
        "The local region's state " + path + " " + what + ": " + cause, cause);
  }
}
