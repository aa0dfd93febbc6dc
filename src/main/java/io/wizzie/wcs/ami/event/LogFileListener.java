package io.wizzie.wcs.ami.event;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Writes everything that happens in full to the build's log, one line per event with a time stamp
 * in UTC. Every line is flushed, so the log is complete up to the moment in which the program dies.
 */
public final class LogFileListener implements BuildListener {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final BufferedWriter writer;

  private LogFileListener(BufferedWriter writer) {
    this.writer = writer;
  }

  /**
   * Opens the log, adding to one that exists.
   *
   * @throws UncheckedIOException when it can't be written
   */
  public static LogFileListener open(Path file) {
    return new LogFileListener(openForAppending(file));
  }

  @Override
  public void accept(BuildEvent event) {
    write(event.at(), event.describe());
  }

  /** Records the failure that ended the build with its stack trace, which no console shows. */
  public void failure(Instant at, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    write(at, trace.toString());
  }

  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static BufferedWriter openForAppending(Path file) {
    // What a guest prints is nobody else's business, from the first byte on.
    FileAttribute<?>[] ownerOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      if (!Files.exists(file)) {
        Files.createFile(file, ownerOnly);
      }
      // Not a channel: an interrupt would close it for good, and what follows an interrupt, the
      // cleanup, is what people look for in the log.
      return new BufferedWriter(
          new OutputStreamWriter(
              new FileOutputStream(file.toFile(), true), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void write(Instant at, String text) {
    try {
      String time = TIME.format(at);
      String[] lines = text.split("\\R", -1);
      for (String line : lines) {
        writer.write(time);
        writer.write(' ');
        writer.write(LineText.plain(line));
        writer.write('\n');
      }
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
