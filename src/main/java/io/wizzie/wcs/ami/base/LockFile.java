package io.wizzie.wcs.ami.base;

import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock among all threads and processes, on a file of its own. The kernel gives it back when its
 * process dies, however it dies.
 *
 * <p>The kernel also drops a process's locks on a file as soon as the process closes any descriptor
 * of it, and within a process a file lock excludes nobody: so a process has one descriptor of a
 * locked file, and knows who uses it.
 */
public final class LockFile implements AutoCloseable {
  /** Who only asks has the file locked, shared, for a moment. */
  private static final Duration QUESTION = Duration.ofMillis(10);

  private static final int QUESTIONS = 5;

  private static final Map<Path, Grip> HELD = new HashMap<>();

  private final Path file;
  private final Grip grip;
  private boolean closed;

  /** The lock that this process has on a file, or waits for. */
  private static final class Grip {
    final boolean shared;
    int holders = 1;
    @Nullable FileChannel channel;

    Grip(boolean shared) {
      this.shared = shared;
    }
  }

  private interface Work<T> {
    T run(Path file) throws IOException;
  }

  private LockFile(Path file, Grip grip) {
    this.file = file;
    this.grip = grip;
  }

  /**
   * Takes the lock, or leaves it to who has it.
   *
   * @param patience how long to ask again; of a file whose state others ask for, at least a second,
   *     as a question is not to be taken for a holder
   * @throws BuildException category HOST when the file can't be made or locked
   */
  public static Optional<LockFile> tryTake(Path file, Duration patience) {
    return repeatedly(file, patience, false);
  }

  /** Takes a lock that any number may have at once, while nobody has it for himself. */
  public static Optional<LockFile> tryShare(Path file, Duration patience) {
    return repeatedly(file, patience, true);
  }

  private static Optional<LockFile> repeatedly(Path given, Duration patience, boolean shared) {
    return uninterrupted(
        given,
        file -> {
          long end = System.nanoTime() + patience.toNanos();
          while (true) {
            Optional<LockFile> taken = once(file, shared);
            if (taken.isPresent() || System.nanoTime() - end >= 0) {
              return taken;
            }
            LockSupport.parkNanos(QUESTION.toNanos());
          }
        });
  }

  private static Optional<LockFile> once(Path file, boolean shared) throws IOException {
    synchronized (HELD) {
      Grip grip = HELD.get(file);
      if (grip == null) {
        grip = new Grip(shared);
        KernelLock lock = channel -> channel.tryLock(0, Long.MAX_VALUE, shared);
        grip.channel = lock.open(file);
        if (grip.channel == null) {
          return Optional.empty();
        }
        HELD.put(file, grip);
      } else if (shared && grip.shared) {
        grip.holders++;
      } else {
        return Optional.empty();
      }
      return Optional.of(new LockFile(file, grip));
    }
  }

  /**
   * Does the work while no other thread or process does any under the same file, for which it waits
   * as long as need be. Not to be nested. An interrupt that comes before or at work is kept until
   * the end: it would close any file that the work uses. One that comes in between ends the
   * waiting.
   *
   * @throws BuildException also of category INTERRUPTED
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public static <T> T locked(Path given, Supplier<T> work) {
    return uninterrupted(
        given,
        file -> {
          try (LockFile held = awaitOrEnd(file)) {
            return work.get();
          }
        });
  }

  /**
   * The same for work that takes its time: an interrupt ends the waiting, and is the work's own
   * matter then.
   *
   * @throws BuildException also of category INTERRUPTED
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public static <T> T lockedForLong(Path given, Supplier<T> work) {
    try (LockFile held = awaitOrEnd(real(given))) {
      return work.get();
    } catch (IOException failed) {
      throw failure(given, failed);
    }
  }

  private static LockFile awaitOrEnd(Path file) throws IOException {
    try {
      return await(file);
    } catch (FileLockInterruptionException | ClosedByInterruptException interrupted) {
      throw BuildException.interrupted("waiting for the lock " + file, null);
    }
  }

  private static LockFile await(Path file) throws IOException {
    Grip grip = new Grip(false);
    reserve(file, grip);
    LockFile held = new LockFile(file, grip);
    try {
      KernelLock lock = FileChannel::lock;
      grip.channel = lock.open(file);
      return held;
    } finally {
      if (grip.channel == null) {
        held.close();
      }
    }
  }

  private static void reserve(Path file, Grip grip) throws IOException {
    synchronized (HELD) {
      while (HELD.containsKey(file)) {
        try {
          HELD.wait();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new FileLockInterruptionException();
        }
      }
      HELD.put(file, grip);
    }
  }

  /**
   * Whether somebody, here or in another process, has the lock for himself. Who asks is not seen by
   * others who ask.
   */
  public static boolean isTaken(Path given) {
    return uninterrupted(
        given,
        file -> {
          for (int question = 1; isTakenNow(file); question++) {
            if (question == QUESTIONS) {
              return true;
            }
            LockSupport.parkNanos(QUESTION.toNanos());
          }
          return false;
        });
  }

  private static boolean isTakenNow(Path file) throws IOException {
    synchronized (HELD) {
      Grip grip = HELD.get(file);
      if (grip != null) {
        return !grip.shared;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return channel.tryLock(0, Long.MAX_VALUE, true) == null;
      } catch (NoSuchFileException nobody) {
        return false;
      }
    }
  }

  /** Removes the file that a dead process has left; one that is locked stays. */
  public static void discard(Path file) {
    if (Files.exists(file)) {
      tryTake(file, Duration.ZERO).ifPresent(LockFile::remove);
    }
  }

  /** Gives the lock back and removes the file: nobody asks for it any more. */
  public void remove() {
    if (!valid()) {
      return;
    }
    try {
      // Removed while it is held, or another could have taken it in between.
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw failure(file, failed);
    } finally {
      close();
    }
  }

  /** Whether the lock is still held. */
  public boolean valid() {
    synchronized (HELD) {
      return !closed && grip.channel != null && grip.channel.isOpen();
    }
  }

  @Override
  public void close() {
    synchronized (HELD) {
      boolean last = !closed && --grip.holders == 0;
      closed = true;
      if (!last) {
        return;
      }
      HELD.remove(file);
      HELD.notifyAll();
      try {
        if (grip.channel != null) {
          grip.channel.close();
        }
      } catch (IOException failed) {
        throw failure(file, failed);
      }
    }
  }

  private static <T> T uninterrupted(Path given, Work<T> work) {
    try {
      return PrivateFiles.uninterrupted(() -> work.run(real(given)));
    } catch (IOException failed) {
      throw failure(given, failed);
    }
  }

  /** One name for one file. */
  private static Path real(Path file) throws IOException {
    Path whole = file.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    return folder != null && Files.isDirectory(folder)
        ? folder.toRealPath().resolve(whole.getFileName())
        : whole;
  }

  private static BuildException failure(Path file, IOException cause) {
    return Category.HOST.failure("The lock " + file + " can't be used: " + cause, cause);
  }
}
