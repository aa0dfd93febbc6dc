package io.wizzie.wcs.ami.localregion.state;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A folder of small files that several processes read and replace, readable by its owner only. It
 * is made when something is first written to it.
 */
public final class SharedFolder {
  /** Within a process a file lock excludes nobody. */
  private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  private final Path folder;
  private final ReentrantLock lock;

  /**
   * @param parent a folder, which need not exist yet
   * @param name of this one in it
   */
  public SharedFolder(Path parent, String name) {
    this.folder = real(parent).resolve(name);
    this.lock = IN_PROCESS.computeIfAbsent(this.folder, path -> new ReentrantLock());
  }

  /** One name for one folder, as the lock within the process goes by names. */
  private static Path real(Path parent) {
    try {
      return parent.toRealPath();
    } catch (IOException notThere) {
      return parent.toAbsolutePath().normalize();
    }
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Does something while no other thread or process does it in the same folder. */
  public <T> T locked(Supplier<T> work) {
    // An interrupt closes any channel that the thread uses: it has to wait until the end.
    boolean interrupted = Thread.interrupted();
    lock.lock();
    try {
      PrivateFiles.createFolders(folder);
      try (FileChannel channel = PrivateFiles.open(file("lock"))) {
        channel.lock();
        return work.get();
      }
    } catch (IOException e) {
      throw failure("can't be used", folder, e);
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The file's content; empty if there is none. */
  public Optional<byte[]> read(String name) {
    try {
      return Optional.of(Files.readAllBytes(file(name)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("can't be read", file(name), e);
    }
  }

  /** Replaces the file at once; to be called with the lock held. */
  public void replace(String name, byte[] content) {
    try {
      PrivateFiles.replace(file(name), file(name + ".new"), content);
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

  private static BuildException failure(String what, Path path, IOException cause) {
    return new BuildException(
        Category.HOST,
        "The local region's state " + path + " " + what + ": " + cause.getMessage(),
        cause);
  }
}
