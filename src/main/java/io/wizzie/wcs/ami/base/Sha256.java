package io.wizzie.wcs.ami.base;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal digits. */
public final class Sha256 {
  private static final int SHORT = 16;

  private Sha256() {}

  /** Enough digits to tell what there is on one machine apart. */
  public static String shortened(byte[] content) {
    return sha256(content).substring(0, SHORT);
  }

  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
