package io.wizzie.wcs.ami.base;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that must not be shown: a private key, a data-bag secret, a password. */
public final class Secret {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  public static Secret ofUtf8(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the bytes, for the one place that has to use them. */
  public byte[] reveal() {
    return bytes.clone();
  }

  public String revealUtf8() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && Arrays.equals(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Never the content. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
