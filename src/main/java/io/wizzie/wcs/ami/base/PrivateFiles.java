package io.wizzie.wcs.ami.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files (0600) and folders (0700) that are their user's alone from the first moment on, whatever
 * the umask is.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?> NEW_FILE = PosixFilePermissions.asFileAttribute(FILE);
  private static final FileAttribute<?> NEW_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFiles() {}

  /** Makes the folder and those above it; such as are there stay as they are. */
  public static Path createFolders(Path folder) throws IOException {
    return Files.createDirectories(folder, NEW_FOLDER);
  }

  /** Makes the folders that the file is to be in. */
  public static void createFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      createFolders(folder);
    }
  }

  /** Makes an empty file; closes one that is there to others. */
  public static void create(Path file) throws IOException {
    try {
      Files.createFile(file, NEW_FILE);
    } catch (FileAlreadyExistsException there) {
      // A device, as /dev/null, keeps its mode.
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.setPosixFilePermissions(file, FILE);
      }
    }
  }

  /** Writes the file, over one that is there. */
  public static Path write(Path file, byte[] content) throws IOException {
    create(file);
    return Files.write(file, content);
  }

  /** The same, in UTF-8. */
  public static Path write(Path file, String text) throws IOException {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Opens the file, which is made if need be, to lock or write it. */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), NEW_FILE);
  }
}
