package io.wizzie.wcs.ami.localregion.log;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.state.SharedFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the action log's lines while processes write it. */
public final class ActionLogReader {
  private final SharedFolder folder;
  private final Path folderPath;

  /** Identity of the file that is read, and how far; null before the first one. */
  private @Nullable Object current;

  private long offset;

  public ActionLogReader(Path stateFolder) {
    this.folder = ActionLog.folder(stateFolder);
    this.folderPath = stateFolder;
  }

  /** The lines that were written since the last call; at the first one, all there are. */
  public List<String> next() {
    // Nothing is made where no region ever was.
    if (Files.notExists(folderPath) || Files.notExists(folder.file(ActionLog.FILE))) {
      return List.of();
    }
    // With the lock held no line is half written, and no file is about to become the old one.
    return folder.locked(this::read);
  }

  private List<String> read() {
    List<String> lines = new ArrayList<>();
    @Nullable Object file = key(ActionLog.FILE);
    if (file == null || !file.equals(current)) {
      @Nullable Object old = key(ActionLog.OLD_FILE);
      if (old != null && (current == null || old.equals(current))) {
        lines.addAll(linesFrom(ActionLog.OLD_FILE, current == null ? 0 : offset));
      }
      current = file;
      offset = 0;
    }
    lines.addAll(linesFrom(ActionLog.FILE, offset));
    return lines;
  }

  private List<String> linesFrom(String name, long from) {
    try (InputStream stream = Files.newInputStream(folder.file(name))) {
      stream.skipNBytes(from);
      byte[] bytes = stream.readAllBytes();
      offset = from + bytes.length;
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private @Nullable Object key(String name) {
    try {
      return Files.readAttributes(folder.file(name), BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException none) {
      return null;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private BuildException failure(IOException cause) {
    return Category.HOST.failure(
        "The action log " + folder.file(ActionLog.FILE) + " can't be read: " + cause.getMessage(),
        cause);
  }
}
