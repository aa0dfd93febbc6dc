package io.wizzie.wcs.ami.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a build is about to create, has created and has removed: a file of JSON lines, each on the
 * disk before the build goes on.
 *
 * <p>The first line is the header: {@code journal} (the format's version), {@code buildId}, {@code
 * region}, {@code tool}. Every further line has {@code seq}, {@code at} and {@code what}:
 *
 * <ul>
 *   <li>{@code intent}: {@code kind} and {@code find}, the unique name, token or tag by which the
 *       thing can be found if its creation was not recorded any more
 *   <li>{@code created}: {@code intent}, the seq of that line, {@code kind} and {@code id}
 *   <li>{@code refused}: {@code intent} and {@code reason}; nothing was made
 *   <li>{@code unanswered}: {@code intent} and {@code reason}; it may or may not have been made
 *   <li>{@code removed} and {@code left}: {@code kind}, {@code id}
 *   <li>{@code finished}: {@code outcome}; nothing follows
 * </ul>
 *
 * <p>Secrets never come here. An interrupt does not keep a line from being written.
 */
public final class Journal {
  /** Name of the file in the build's folder. */
  public static final String FILE_NAME = "journal.jsonl";

  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Clock clock;
  private long lastSeq;

  private Journal(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
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
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      syncFolder(folder);
    } catch (IOException | UnsupportedOperationException failed) {
      throw new BuildException(
          Category.HOST, "The journal " + file + " can't be begun: " + failed, failed);
    }
    Journal journal = new Journal(file, clock);
    ObjectNode header = JSON.createObjectNode();
    header.put("journal", VERSION);
    header.put("buildId", buildId);
    header.put("region", region);
    header.put("tool", tool);
    journal.append(header);
    return journal;
  }

  /**
   * Something is about to be created.
   *
   * @param find what finds it again, such as {@code client-token} and its value
   * @return what the following line refers to
   */
  public synchronized long intend(String kind, Map<String, String> find) {
    ObjectNode line = line("intent");
    line.put("kind", kind);
    ObjectNode finders = line.putObject("find");
    new TreeMap<>(find).forEach(finders::put);
    append(line);
    return lastSeq;
  }

  public synchronized void created(long intent, String kind, String id) {
    append(line("created").put("intent", intent).put("kind", kind).put("id", id));
  }

  public synchronized void refused(long intent, String reason) {
    append(line("refused").put("intent", intent).put("reason", reason));
  }

  public synchronized void unanswered(long intent, String reason) {
    append(line("unanswered").put("intent", intent).put("reason", reason));
  }

  public synchronized void removed(String kind, String id) {
    append(line("removed").put("kind", kind).put("id", id));
  }

  public synchronized void left(String kind, String id) {
    append(line("left").put("kind", kind).put("id", id));
  }

  /** The build is over; {@code outcome} is {@code built}, {@code failed} or {@code interrupted}. */
  public synchronized void finished(String outcome) {
    append(line("finished").put("outcome", outcome));
  }

  private ObjectNode line(String what) {
    lastSeq++;
    ObjectNode line = JSON.createObjectNode();
    line.put("seq", lastSeq);
    line.put("at", clock.instant().toString());
    line.put("what", what);
    return line;
  }

  private void append(ObjectNode line) {
    // A channel is closed for good when its thread is interrupted while it writes, and cleanup has
    // to be recorded just then: so each line opens its own, with the flag put aside.
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND))) {
      ByteBuffer bytes =
          ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree of plain values can be written", impossible);
    } catch (IOException failed) {
      throw new BuildException(
          Category.HOST, "The journal " + file + " can't be written: " + failed, failed);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // Or the file's name may be lost with the power although its content is on the disk.
  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
