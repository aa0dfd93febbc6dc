package io.wizzie.wcs.ami.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the last bytes of what is written to it. */
final class TailBuffer {
  private final int limit;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  TailBuffer(int limit) {
    this.limit = limit;
  }

  void write(byte[] bytes) {
    written.writeBytes(bytes);
    if (written.size() > 2 * limit) {
      byte[] kept = kept();
      written.reset();
      written.writeBytes(kept);
    }
  }

  /** What is kept, as UTF-8; not beginning in the middle of a character. */
  String text() {
    byte[] bytes = kept();
    int from = 0;
    if (bytes.length == limit) {
      while (from < Math.min(3, bytes.length) && Utf8.isContinuation(bytes[from])) {
        from++;
      }
    }
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }

  private byte[] kept() {
    byte[] all = written.toByteArray();
    return Arrays.copyOfRange(all, Math.max(0, all.length - limit), all.length);
  }
}
