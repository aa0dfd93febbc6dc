package io.wizzie.wcs.ami.localregion.state;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on one guest or its file system, among all threads and processes. The kernel
 * gives it back when a process dies, so that another one carries on.
 */
public final class WorkLock implements AutoCloseable {
  /** Within a process, closing a second channel of the file would release the first one's lock. */
  private static final Set<Path> IN_PROCESS = ConcurrentHashMap.newKeySet();

  private static final String FOLDER = "work";
  private static final String SUFFIX = ".lock";

  private final Path file;
  private final FileChannel channel;

  private WorkLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the right, or leaves it to who has it.
   *
   * @param folder of the state
   * @param id of what is worked on
   */
  public static Optional<WorkLock> tryTake(Path folder, String id) {
    Path file = file(folder, id);
    if (!IN_PROCESS.add(file)) {
      return Optional.empty();
    }
    boolean taken = false;
    FileChannel channel = null;
    try {
      PrivateFiles.createFolders(folder.resolve(FOLDER));
      channel = PrivateFiles.open(file);
      FileLock lock = channel.tryLock();
      taken = lock != null;
      return taken ? Optional.of(new WorkLock(file, channel)) : Optional.empty();
    } catch (IOException e) {
      throw failure(file, e);
    } finally {
      if (!taken) {
        IN_PROCESS.remove(file);
        close(file, channel);
      }
    }
  }

  /**
   * Removes the lock files of what is no more. Nobody takes the right to work on that again, so a
   * file that is still locked may go as well.
   *
   * @param ids of all that there is
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

  /** Whether the right is still held. */
  public boolean valid() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    close(file, channel);
    IN_PROCESS.remove(file);
  }

  private static Path file(Path folder, String id) {
    return folder.resolve(FOLDER).resolve(id + SUFFIX);
  }

  private static void close(Path file, @Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static BuildException failure(Path file, IOException cause) {
    return new BuildException(
        BuildException.Category.HOST,
        "The local region's lock " + file + " can't be used: " + cause.getMessage(),
        cause);
  }
}
