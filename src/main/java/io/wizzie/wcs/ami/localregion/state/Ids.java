package io.wizzie.wcs.ami.localregion.state;

import io.wizzie.wcs.ami.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** EC2's resource IDs: a prefix and 17 hexadecimal digits, of which the first is 0. */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern WELL_FORMED = Pattern.compile("[a-z]+-([0-9a-f]{8}|[0-9a-f]{17})");

  private Ids() {}

  /** A new ID; the prefix is without the hyphen. */
  public static String random(String prefix) {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return prefix + "-0" + HexFormat.of().formatHex(bytes);
  }

  /** The ID of something that exists of itself, always the same for the same words. */
  public static String of(String prefix, String... words) {
    byte[] digest =
        Sha256.digest().digest(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
    return prefix + "-0" + HexFormat.of().formatHex(digest, 0, 8);
  }

  /** Whether it looks like an ID of that prefix. */
  public static boolean wellFormed(String prefix, String id) {
    return id.startsWith(prefix + "-") && WELL_FORMED.matcher(id).matches();
  }

  /** The part before the last hyphen. */
  public static String prefix(String id) {
    int hyphen = id.lastIndexOf('-');
    return hyphen < 0 ? "" : id.substring(0, hyphen);
  }
}
