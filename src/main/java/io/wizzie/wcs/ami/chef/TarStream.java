package io.wizzie.wcs.ami.chef;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar in which nothing but names, modes and contents varies: everything belongs to root
 * and is from the same moment, so that equal input makes equal bytes.
 *
 * <p>The form is POSIX.1-2001 (ustar with pax headers for what does not fit), of which only files
 * and folders are needed here; a library for it would bring three jars.
 */
record TarStream(OutputStream out) implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final long TOO_LARGE = 1L << 33;
  // GNU tar warns of files from the future and of those from before 1970, and so of zero in some
  // time zones: any fixed moment well in between will do. This is 2020-01-01.
  private static final long MODIFIED = 1_577_836_800L;

  /** Adds a folder, mode 0755; {@code path} without a slash at its end. */
  void folder(String path) throws IOException {
    entry(path + "/", 0755, 0, '5');
  }

  /**
   * @param size how many bytes {@code content} has
   * @throws IOException also when it has more or fewer: the file changed meanwhile
   */
  void file(String path, boolean executable, long size, InputStream content) throws IOException {
    if (size >= TOO_LARGE) {
      throw new IOException(path + " has 8 GiB or more, which does not fit into it; remove it");
    }
    entry(path, executable ? 0755 : 0644, size, '0');
    long copied = content.transferTo(out);
    if (copied != size) {
      throw new IOException(path + " changed while it was being read");
    }
    pad(size);
  }

  /** Ends the archive and closes the stream below. */
  @Override
  public void close() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.close();
  }

  private void entry(String path, int mode, long size, char type) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length > NAME || name.length != path.length()) {
      byte[] record = paxRecord("path", path);
      out.write(header("pax-header".getBytes(StandardCharsets.UTF_8), 0644, record.length, 'x'));
      out.write(record);
      pad(record.length);
      name = Arrays.copyOf(name, Math.min(name.length, NAME));
    }
    out.write(header(name, mode, size, type));
  }

  private static byte[] header(byte[] name, int mode, long size, char type) {
    byte[] header = new byte[BLOCK];
    System.arraycopy(name, 0, header, 0, name.length);
    octal(header, 100, 8, mode);
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    octal(header, 124, 12, size);
    octal(header, 136, 12, MODIFIED);
    Arrays.fill(header, 148, 156, (byte) ' ');
    header[156] = (byte) type;
    text(header, 257, "ustar\00000");
    text(header, 265, "root");
    text(header, 297, "root");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    octal(header, 148, 7, sum);
    return header;
  }

  /** A pax record counts its own length, digits of the count included. */
  private static byte[] paxRecord(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int restLength = rest.getBytes(StandardCharsets.UTF_8).length;
    int length = restLength;
    while (length != restLength + String.valueOf(length).length()) {
      length = restLength + String.valueOf(length).length();
    }
    return (length + rest).getBytes(StandardCharsets.UTF_8);
  }

  private static void octal(byte[] header, int offset, int width, long value) {
    String digits = Long.toOctalString(value);
    if (digits.length() > width - 1) {
      throw new IllegalArgumentException(value + " does not fit into " + width + " octal digits");
    }
    text(header, offset, "0".repeat(width - 1 - digits.length()) + digits);
  }

  private static void text(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }
}
