package io.wizzie.wcs.ami.base;

import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files (0600) and folders (0700) that are their user's alone from the first moment on, whatever
 * the umask is. Where the file system knows no permissions there are none.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  private static FileAttribute<?> only(Set<PosixFilePermission> user, Path place)
      throws IOException {
    // Some that don't know permissions say so, some make what anybody may read.
    if (!place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      throw new FileSystemException(
          place.toString(), null, "its file system can't keep a file from other users");
    }
    return PosixFilePermissions.asFileAttribute(user);
  }

  /** Makes the folder and those above it; such as are there stay as they are. */
  public static Path createFolders(Path folder) throws IOException {
    return Files.createDirectories(folder, only(FOLDER, folder));
  }

  /** Makes the folder, which must not be there; the one that it is to be in must. */
  public static Path createFolder(Path folder) throws IOException {
    return Files.createDirectory(folder, only(FOLDER, folder));
  }

  /** Makes the folder and those above it; closes one that is there to others. */
  public static void ownFolder(Path folder) throws IOException {
    createFolders(folder);
    Files.setPosixFilePermissions(folder, FOLDER);
  }

  /** Makes the folders that the file is to be in. */
  public static void createFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      createFolders(folder);
    }
  }

  /** Makes an empty file, which must not be there. */
  public static void createNew(Path file) throws IOException {
    Files.createFile(file, only(FILE, file));
  }

  private static void create(Path file) throws IOException {
    try {
      createNew(file);
    } catch (FileAlreadyExistsException there) {
      // A device, as /dev/null, keeps its mode.
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.setPosixFilePermissions(file, FILE);
      }
    }
  }

  /** Writes the file, over one that is there, which is closed to others. */
  public static Path write(Path file, byte[] content) throws IOException {
    create(file);
    return Files.write(file, content);
  }

  /** The same, in UTF-8. */
  public static Path write(Path file, String text) throws IOException {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Work on files; safe to be done twice. */
  public interface FileWork<T> {
    T run() throws IOException;
  }

  /**
   * Does the work whatever interrupts it: an interrupt, which closes any channel that its thread
   * uses, has it done again. The thread's flag is set afterwards.
   */
  public static <T> T uninterrupted(FileWork<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException | FileLockInterruptionException again) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Does work without which the build can't go on.
   *
   * @param otherwise says what failed, such as "The folder x can't be made"
   * @throws BuildException category HOST
   */
  public static <T> T require(String otherwise, FileWork<T> work) {
    try {
      return work.run();
    } catch (IOException | UncheckedIOException failed) {
      throw Category.HOST.failure(otherwise + ": " + failed, failed);
    }
  }

  /** The whole file, whatever interrupts. */
  public static byte[] read(Path file) throws IOException {
    return uninterrupted(() -> Files.readAllBytes(file));
  }

  /**
   * Replaces the file, if it is there: whoever looks, also after a crash, sees the old content or
   * the new, whatever interrupts. That the new one lasts needs {@link #syncFolder} besides.
   *
   * @param part beside the file, where the content is written first
   */
  public static void replace(Path file, Path part, byte[] content) throws IOException {
    uninterrupted(
        () -> {
          writeAndMove(file, part, content);
          return file;
        });
  }

  private static void writeAndMove(Path file, Path part, byte[] content) throws IOException {
    Files.deleteIfExists(part);
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              only(FILE, part))) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Makes what was created, moved or deleted in the folder last. */
  public static void syncFolder(Path folder) throws IOException {
    uninterrupted(
        () -> {
          try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
          }
          return folder;
        });
  }

  /** Opens the file, which is made if need be, to lock it. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        only(FILE, file));
  }
}
