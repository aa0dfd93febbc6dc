package io.wizzie.wcs.ami.journal;

import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says that a build is alive: held from its first record to its last, and given up by the kernel
 * when the process dies, however it dies.
 *
 * <p>The lock is on a file of its own: the kernel drops a process's locks on a file as soon as the
 * process closes any descriptor of it, and the journal is opened and closed for every line.
 */
public final class BuildLock implements AutoCloseable {
  static final String FILE_NAME = "journal.lock";

  // For the same reason, whoever holds a lock must not even look at its file again.
  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private BuildLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of the build in this folder.
   *
   * @return empty when another has it
   * @throws IOException when the file can't be made or the file system has no locks
   */
  public static Optional<BuildLock> take(Path folder) throws IOException {
    Path file = folder.toRealPath().resolve(FILE_NAME);
    synchronized (HELD_HERE) {
      if (HELD_HERE.contains(file)) {
        return Optional.empty();
      }
      while (true) {
        Object before = identity(file);
        FileChannel channel = PrivateFiles.open(file);
        FileLock lock;
        try {
          lock = channel.tryLock();
        } catch (IOException | OverlappingFileLockException failed) {
          channel.close();
          throw failed;
        }
        if (lock == null) {
          channel.close();
          return Optional.empty();
        }
        // Whoever held it may have removed the file between its opening and now: a lock on what
        // nobody else can find is none. Only a stat tells, as closing the file again would drop the
        // lock; where the file was made just now, the second round knows what it was.
        if (before != null && before.equals(identity(file))) {
          HELD_HERE.add(file);
          return Optional.of(new BuildLock(file, channel));
        }
        channel.close();
      }
    }
  }

  /** Which file it is that has the name now; null when none has. */
  private static @Nullable Object identity(Path file) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = found.fileKey();
      return key == null ? file : key;
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  /** Removes the lock file that a dead process has left in this folder; a held one stays. */
  public static void discard(Path folder) throws IOException {
    if (Files.exists(folder.resolve(FILE_NAME))) {
      Optional<BuildLock> dead = take(folder);
      if (dead.isPresent()) {
        dead.get().close();
      }
    }
  }

  /** Whether somebody, here or in another process, holds the lock of the build in this folder. */
  public static boolean isHeld(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(FILE_NAME))) {
      return false;
    }
    Optional<BuildLock> taken = take(folder);
    if (taken.isEmpty()) {
      return true;
    }
    taken.get().release();
    return false;
  }

  /** Gives the lock up and removes its file: the build is over. */
  @Override
  public void close() throws IOException {
    // Removed while it is held, or another could have taken it in between.
    Files.deleteIfExists(file);
    release();
  }

  private void release() throws IOException {
    synchronized (HELD_HERE) {
      HELD_HERE.remove(file);
      channel.close();
    }
  }
}
