package io.wizzie.wcs.ami.event;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Writes everything that happens to the build's log, each line with a time stamp in UTC. */
public final class LogFileListener extends FileListener {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  public LogFileListener(Path file) {
    super(file);
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

  private void write(Instant at, String text) {
    StringBuilder lines = new StringBuilder();
    for (String line : text.split("\\R", -1)) {
      lines.append(TIME.format(at)).append(' ').append(LineText.plain(line)).append('\n');
    }
    write(lines.toString());
  }
}
