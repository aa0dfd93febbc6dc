package io.wizzie.wcs.ami.localregion.state;

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

  private final SharedFolder files;

  private RegionStore(Path folder) {
    this.files = new SharedFolder(folder);
  }

  /** Opens the folder, which is made if need be, for its owner only: user data may be secret. */
  public static RegionStore open(Path folder) {
    try {
      PrivateFiles.createFolders(folder);
      return new RegionStore(folder.toRealPath());
    } catch (IOException e) {
      throw SharedFolder.failure("can't be made", folder, e);
    }
  }

  public Path folder() {
    return files.folder();
  }

  /**
   * Does the work alone with the state, then writes what it changed. If it throws, nothing is
   * written.
   */
  public <T> T transaction(Function<Transaction, T> work) {
    return LockFile.locked(
        files.file("lock"),
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
      try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder(), "*" + SUFFIX)) {
        for (Path path : paths) {
          String file = path.getFileName().toString();
          names.add(file.substring(0, file.length() - SUFFIX.length()));
        }
      } catch (IOException e) {
        throw SharedFolder.failure("can't be listed", folder(), e);
      }
      return names;
    }

    /** Forgets a region; its guests must be gone. */
    public void forget(String name) {
      regions.remove(name);
      files.delete(name + SUFFIX);
    }

    private RegionState read(String name) {
      byte[] json = files.read(name + SUFFIX).orElse(null);
      if (json == null) {
        return new RegionState();
      }
      asRead.put(name, json);
      try {
        return StateJson.read(json);
      } catch (IOException e) {
        throw SharedFolder.failure("can't be read", files.file(name + SUFFIX), e);
      }
    }

    private void write() {
      for (Map.Entry<String, RegionState> region : regions.entrySet()) {
        byte[] json = StateJson.write(region.getValue());
        if (!Arrays.equals(json, asRead.get(region.getKey()))) {
          files.replace(region.getKey() + SUFFIX, json);
        }
      }
    }
  }
}
