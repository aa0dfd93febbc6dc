package io.wizzie.wcs.ami.localregion.state;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Keeps the state of all regions, a file for each, in one folder that several processes share.
 *
 * <p>One lock serves the whole folder, since a copy of an image concerns two regions. It is held
 * for the milliseconds of a request, never while a guest is worked on.
 */
public final class RegionStore {
  private static final String SUFFIX = ".json";

  private final Path folder;

  private RegionStore(Path folder) {
    this.folder = folder;
  }

  /** Opens the folder, which is made if need be, for its owner only: user data may be secret. */
  public static RegionStore open(Path folder) {
    try {
      PrivateFiles.createFolders(folder);
      return new RegionStore(folder.toRealPath());
    } catch (IOException e) {
      throw failure("can't be made", folder, e);
    }
  }

  public Path folder() {
    return folder;
  }

  /**
   * Does the work alone with the state, then writes what it changed. If it throws, nothing is
   * written.
   */
  public <T> T transaction(Function<Transaction, T> work) {
    return LockFile.locked(
        folder.resolve("lock"),
        () -> {
          Transaction transaction = new Transaction();
          T result = work.apply(transaction);
          transaction.write();
          return result;
        });
  }

  /** Access to the regions while the lock is held. */
  public final class Transaction {
    private final Map<String, RegionState> regions = new LinkedHashMap<>();
    private final Map<String, byte[]> asRead = new LinkedHashMap<>();

    private Transaction() {}

    /** The state of a region, empty if it was never used. */
    public RegionState region(String name) {
      return regions.computeIfAbsent(name, this::read);
    }

    /** Names of the regions that were ever used. */
    public SortedSet<String> names() {
      SortedSet<String> names = new TreeSet<>(regions.keySet());
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        for (Path path : files) {
          String file = path.getFileName().toString();
          names.add(file.substring(0, file.length() - SUFFIX.length()));
        }
      } catch (IOException e) {
        throw failure("can't be listed", folder, e);
      }
      return names;
    }

    /** Forgets a region; its guests must be gone. */
    public void forget(String name) {
      regions.remove(name);
      try {
        Files.deleteIfExists(file(name));
      } catch (IOException e) {
        throw failure("can't be removed", file(name), e);
      }
    }

    private RegionState read(String name) {
      Path file = file(name);
      try {
        if (Files.notExists(file)) {
          return new RegionState();
        }
        byte[] json = PrivateFiles.read(file);
        asRead.put(name, json);
        return StateJson.read(json);
      } catch (IOException e) {
        throw failure("can't be read", file, e);
      }
    }

    private void write() {
      for (Map.Entry<String, RegionState> region : regions.entrySet()) {
        byte[] json = StateJson.write(region.getValue());
        if (!Arrays.equals(json, asRead.get(region.getKey()))) {
          replace(file(region.getKey()), json);
        }
      }
    }

    private Path file(String region) {
      return folder.resolve(region + SUFFIX);
    }
  }

  /** Replaces the file so that a crash at any point leaves the old content or the new. */
  private void replace(Path file, byte[] content) {
    Path temporary = folder.resolve(file.getFileName() + ".new");
    try {
      PrivateFiles.replace(file, temporary, content);
      // The move itself is durable only when the folder is.
      PrivateFiles.syncFolder(folder);
    } catch (IOException e) {
      throw failure("can't be written", file, e);
    }
  }

  private static BuildException failure(String what, Path path, IOException cause) {
    return new BuildException(
        BuildException.Category.HOST,
        "The local region's state " + path + " " + what + ": " + cause,
        cause);
  }
}
