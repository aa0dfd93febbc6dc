package io.wizzie.wcs.ami.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The kernel's lock on a file that whoever holds it may remove. */
interface KernelLock {
  @Nullable FileLock on(FileChannel channel) throws IOException;

  /** Opens the file with a lock on it; null when another has it. */
  default @Nullable FileChannel open(Path file) throws IOException {
    while (true) {
      Object before = identity(file);
      FileChannel channel = PrivateFiles.open(file);
      boolean held = false;
      try {
        if (on(channel) == null) {
          return null;
        }
        // Whoever held it may have removed the file between its opening and now: a lock on what
        // nobody else can find is none. Only a stat tells, as closing the file again would drop the
        // lock; where the file was made just now, the second round knows what it was.
        held = before != null && before.equals(identity(file));
        if (held) {
          return channel;
        }
      } finally {
        if (!held) {
          channel.close();
        }
      }
    }
  }

  /** Which file it is that has the name now; null when none has. */
  private static @Nullable Object identity(Path file) throws IOException {
    try {
      Object key = Files.getAttribute(file, "fileKey");
      return key == null ? file : key;
    } catch (NoSuchFileException none) {
      return null;
    }
  }
}
