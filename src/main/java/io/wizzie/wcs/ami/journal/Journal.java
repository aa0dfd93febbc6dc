package io.wizzie.wcs.ami.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.PrivateFiles;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a build is about to create, has created and has removed: a file of JSON lines, each on the
 * disk before the build goes on.
 *
 * <p>The first line is the header: {@code journal} (the format's version), {@code buildId}, {@code
 * region}, {@code tool}. Every further line has {@code seq}, {@code at} and {@code what}:
 *
 * <ul>
 *   <li>{@code intent}: {@code region}, {@code kind} and {@code find}, the unique name, token or
 *       tag by which the resource can be found if its creation was not recorded any more
 *   <li>{@code created}: {@code intent}, the seq of that line, {@code region}, {@code kind} and
 *       {@code id}
 *   <li>{@code refused}: {@code intent} and {@code reason}; nothing was made
 *   <li>{@code unanswered}: {@code intent} and {@code reason}; it may or may not have been made
 *   <li>{@code removed}, {@code left} and {@code kept}: {@code region}, {@code kind}, {@code id}
 *   <li>{@code alive}: nothing more; the build's heartbeat
 *   <li>{@code note}: {@code name} and {@code value}, for whoever carries on
 *   <li>{@code finished}: {@code outcome}; only what {@code clean} removes later follows
 * </ul>
 *
 * <p>Format 1 had no {@code region} in its lines: all was in the header's.
 *
 * <p>Secrets never come here. An interrupt does not keep a line from being written.
 */
public final class Journal {
  /** Name of the file in the build's folder. */
  public static final String FILE_NAME = "journal.jsonl";

  /**
   * Beside the journal, locked while the build lives. A file of its own: the journal is opened and
   * closed for every line, and closing a file drops its locks.
   */
  private static final String LOCK_NAME = "journal.lock";

  /** Others ask only for moments whether the build lives. */
  public static final Duration PATIENCE = Duration.ofSeconds(1);

  static final int VERSION = 2;

  private final Path file;
  private final Clock clock;
  private final @Nullable LockFile lock;
  private long lastSeq;

  private Journal(Path file, Clock clock, @Nullable LockFile lock, long lastSeq) {
    this.file = file;
    this.clock = clock;
    this.lock = lock;
    this.lastSeq = lastSeq;
  }

  /** Says that the build of this folder lives: held from its first record to its last. */
  public static Path lockFile(Path folder) {
    return folder.resolve(LOCK_NAME);
  }

  /**
   * Begins the journal of a build in its folder, which is made when it is not there; both are the
   * user's alone.
   *
   * @throws BuildException category HOST when that is not possible, also because there is one
   */
  public static Journal begin(
      Path folder, String buildId, String region, String tool, Clock clock) {
    Path file = folder.resolve(FILE_NAME);
    String otherwise = "The journal " + file + " can't be created";
    // Before the first line: a journal without a lock is one of a build that is dead.
    LockFile lock = PrivateFiles.require(otherwise, () -> lock(folder));
    Journal journal = new Journal(file, clock, lock, 0);
    boolean begun = false;
    try {
      PrivateFiles.require(otherwise, () -> create(folder, file));
      ObjectNode header = JsonNodeFactory.instance.objectNode();
      header.put("journal", VERSION).put("buildId", buildId).put("region", region);
      header.put("tool", tool).put("at", clock.instant().toString());
      journal.append(header.put("pid", ProcessHandle.current().pid()));
      begun = true;
      return journal;
    } finally {
      if (!begun) {
        lock.close();
      }
    }
  }

  private static LockFile lock(Path folder) throws IOException {
    PrivateFiles.ownFolder(folder);
    return LockFile.tryTake(lockFile(folder), PATIENCE)
        .orElseThrow(() -> new IOException("another process has its lock"));
  }

  private static Path create(Path folder, Path file) throws IOException {
    PrivateFiles.createNew(file);
    // Or the file's name may be lost with the power although its content is on the disk.
    PrivateFiles.syncFolder(folder);
    return file;
  }

  /**
   * Goes on with the journal of a build that is over or was killed.
   *
   * @param lock when the build itself is to go on; null for others who have something to record
   * @throws BuildException category HOST when it can't be read or written
   */
  public static Journal reopen(Path folder, @Nullable LockFile lock, Clock clock) {
    Path file = folder.resolve(FILE_NAME);
    return PrivateFiles.require(
        "The journal " + file + " can't be reopened",
        () -> new Journal(file, clock, lock, mendedLines(file)));
  }

  /** Cuts off what is left of a torn line, which would spoil the next one, and counts the rest. */
  private static long mendedLines(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      byte[] bytes = Files.readAllBytes(file);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      if (end < bytes.length) {
        channel.truncate(end);
        channel.force(true);
      }
      return new String(bytes, 0, end, StandardCharsets.ISO_8859_1).lines().count();
    }
  }

  /**
   * Something is about to be created.
   *
   * @param find what finds it again, such as {@code client-token} and its value
   * @return what the following line refers to
   */
  public synchronized long intend(String region, ResourceKind kind, Map<String, String> find) {
    ObjectNode line = line("intent");
    line.put("region", region).put("kind", kind.toString());
    ObjectNode finders = line.putObject("find");
    new TreeMap<>(find).forEach(finders::put);
    append(line);
    return lastSeq;
  }

  public synchronized void created(long intent, ResourceId resource) {
    append(put(line("created").put("intent", intent), resource));
  }

  public synchronized void refused(long intent, String reason) {
    append(line("refused").put("intent", intent).put("reason", reason));
  }

  public synchronized void unanswered(long intent, String reason) {
    append(line("unanswered").put("intent", intent).put("reason", reason));
  }

  public synchronized void removed(ResourceId resource) {
    append(put(line("removed"), resource));
  }

  public synchronized void left(ResourceId resource) {
    append(put(line("left"), resource));
  }

  /** The resource is the build's result: from now on nobody may remove it. */
  public synchronized void kept(ResourceId resource) {
    append(put(line("kept"), resource));
  }

  /** The build still lives. */
  public synchronized void alive() {
    append(line("alive"));
  }

  /** A fact for whoever carries on after a crash. */
  public synchronized void note(String name, String value) {
    append(line("note").put("name", name).put("value", value));
  }

  /**
   * The build is over; {@code outcome} is {@code built}, {@code failed} or {@code interrupted}.
   * Gives the lock up, also when that can't be written.
   */
  public synchronized void finished(String outcome) {
    try {
      append(line("finished").put("outcome", outcome));
    } finally {
      release();
    }
  }

  /**
   * Gives the lock up, and leaves the build as it is, for another to go on with.
   *
   * @throws BuildException category HOST
   */
  public synchronized void release() {
    if (lock != null) {
      lock.remove();
    }
  }

  private ObjectNode line(String what) {
    lastSeq++;
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("seq", lastSeq);
    line.put("at", clock.instant().toString());
    line.put("what", what);
    return line;
  }

  private static ObjectNode put(ObjectNode line, ResourceId resource) {
    return line.put("region", resource.region())
        .put("kind", resource.kind().toString())
        .put("id", resource.id());
  }

  private void append(ObjectNode line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    PrivateFiles.require(
        "The journal " + file + " can't be written",
        () -> {
          long end = Files.size(file);
          return PrivateFiles.uninterrupted(
              () -> {
                write(end, ByteBuffer.wrap(bytes));
                return file;
              });
        });
  }

  private void write(long end, ByteBuffer bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(end);
      channel.position(end);
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException failed) {
        // A full disk takes half a line, and the next one, after something was freed, must not be
        // glued to it. An interrupt has closed the channel: the line is written again.
        if (channel.isOpen()) {
          channel.truncate(end);
        }
        throw failed;
      }
    }
  }
}
