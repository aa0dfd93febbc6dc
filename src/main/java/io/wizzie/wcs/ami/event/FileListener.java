package io.wizzie.wcs.ami.event;

import io.wizzie.wcs.ami.base.PrivateFiles;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Adds to a file that is its user's alone, as what a guest prints is nobody else's business. All is
 * flushed, so the file is complete up to the moment in which the program dies.
 */
abstract class FileListener implements BuildListener {
  private final Writer writer;

  /**
   * @throws UncheckedIOException when it can't be written
   */
  FileListener(Path file) {
    try {
      if (!Files.exists(file)) {
        PrivateFiles.createNew(file);
      }
      // Not a channel: an interrupt would close it for good, and what follows an interrupt, the
      // cleanup, is what people look for in the log.
      this.writer =
          new BufferedWriter(
              new OutputStreamWriter(
                  new FileOutputStream(file.toFile(), true), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final synchronized void write(String text) {
    try {
      writer.write(text);
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public final synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
