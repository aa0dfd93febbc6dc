package io.wizzie.wcs.ami.ssh;

/** Where UTF-8 may be cut. */
final class Utf8 {
  private Utf8() {}

  /** Whether the byte is not the first one of a character. */
  static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** The largest length up to {@code length} that does not end within a character. */
  static int wholeCharacters(byte[] bytes, int length) {
    int lead = length - 1;
    while (lead > Math.max(0, length - 4) && isContinuation(bytes[lead])) {
      lead--;
    }
    if (lead < 0 || isContinuation(bytes[lead])) {
      return length; // Not UTF-8: there is nothing to respect.
    }
    return lead + widthOf(bytes[lead]) <= length ? length : lead;
  }

  private static int widthOf(byte lead) {
    if ((lead & 0xE0) == 0xC0) {
      return 2;
    }
    if ((lead & 0xF0) == 0xE0) {
      return 3;
    }
    return (lead & 0xF8) == 0xF0 ? 4 : 1;
  }
}
