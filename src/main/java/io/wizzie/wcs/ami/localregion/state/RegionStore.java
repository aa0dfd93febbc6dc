package io.wizzie.wcs.ami.localregion.state;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Keeps the state of all regions, a file for each, in one folder that several processes share.
 *
 * <p>One lock serves the whole folder, since a copy of an image concerns two regions. It is held
 * for the milliseconds of a request, never while a guest is worked on.
 */
public final class RegionStore {
  private static final String SUFFIX = ".json";

  /**
   * Within a process a file lock excludes nobody, and closing one channel of a file releases the
   * locks of all.
   */
  private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  private final Path folder;
  private final ReentrantLock lock;

  private RegionStore(Path folder) {
    this.folder = folder;
    this.lock = IN_PROCESS.computeIfAbsent(folder, path -> new ReentrantLock());
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
    // An interrupt closes any channel that the thread uses: it has to wait until the end.
    boolean interrupted = Thread.interrupted();
    lock.lock();
    try (FileChannel channel = PrivateFiles.open(folder.resolve("lock"))) {
      // Released with the channel, and by the kernel if the process dies.
      channel.lock();
      Transaction transaction = new Transaction();
      T result = work.apply(transaction);
      transaction.write();
      return result;
    } catch (IOException e) {
      throw failure("can't be used", folder, e);
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
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
        byte[] json = Files.readAllBytes(file);
        asRead.put(name, json);
        return StateJson.read(json);
      } catch (IOException e) {
        throw failure("can't be read", file, e);
      }
    }

    private void write() throws IOException {
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
  private void replace(Path file, byte[] content) throws IOException {
    Path temporary = folder.resolve(file.getFileName() + ".new");
    PrivateFiles.replace(file, temporary, content);
    // The move itself is durable only when the folder is.
    PrivateFiles.syncFolder(folder);
  }

  private static BuildException failure(String what, Path path, IOException cause) {
    return new BuildException(
        BuildException.Category.HOST,
        "The local region's state " + path + " " + what + ": " + cause.getMessage(),
        cause);
  }
}
