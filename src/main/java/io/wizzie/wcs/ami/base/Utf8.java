package io.wizzie.wcs.ami.base;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 taken strictly, and ASCII, which every locale can represent. */
public final class Utf8 {
  private Utf8() {}

  /** The text that the bytes are; throws when they are not UTF-8. */
  public static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  public static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }
}
