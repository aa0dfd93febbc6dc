package io.wizzie.wcs.ami.ssh;

import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of what is written to it. */
final class TailBuffer {
  private final int limit;
  private byte[] ring;
  private int start;
  private int size;

  TailBuffer(int limit) {
    this.limit = limit;
    this.ring = new byte[Math.min(limit, 1024)];
  }

  void write(byte[] bytes) {
    int skipped = Math.max(0, bytes.length - limit);
    int length = bytes.length - skipped;
    grow(length);
    int dropped = Math.max(0, size + length - ring.length);
    start = (start + dropped) % ring.length;
    size -= dropped;
    int end = (start + size) % ring.length;
    int first = Math.min(length, ring.length - end);
    System.arraycopy(bytes, skipped, ring, end, first);
    System.arraycopy(bytes, skipped + first, ring, 0, length - first);
    size += length;
  }

  /** What is kept, as UTF-8; not beginning in the middle of a character. */
  String text() {
    byte[] bytes = new byte[size];
    int first = Math.min(size, ring.length - start);
    System.arraycopy(ring, start, bytes, 0, first);
    System.arraycopy(ring, 0, bytes, first, size - first);
    int from = 0;
    if (size == limit) {
      while (from < Math.min(3, size) && Utf8.isContinuation(bytes[from])) {
        from++;
      }
    }
    return new String(bytes, from, size - from, StandardCharsets.UTF_8);
  }

  private void grow(int more) {
    int wanted = Math.min(limit, size + more);
    if (wanted <= ring.length) {
      return;
    }
    byte[] larger = new byte[Math.min(limit, Math.max(wanted, ring.length * 2))];
    int first = Math.min(size, ring.length - start);
    System.arraycopy(ring, start, larger, 0, first);
    System.arraycopy(ring, 0, larger, first, size - first);
    ring = larger;
    start = 0;
  }
}
