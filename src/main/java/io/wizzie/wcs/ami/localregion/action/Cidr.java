package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks address ranges as EC2 does: it wants the prefix length, always. */
final class Cidr {
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern V4 =
      Pattern.compile(BYTE + "\\." + BYTE + "\\." + BYTE + "\\." + BYTE + "/([12]?\\d|3[0-2])");
  private static final Pattern V6 =
      Pattern.compile("([0-9a-fA-F:.]+)/(\\d|[1-9]\\d|1[01]\\d|12[0-8])");

  private Cidr() {}

  static String checkedV4(@Nullable String cidr) {
    if (cidr == null || !V4.matcher(cidr).matches()) {
      throw malformed(cidr);
    }
    return cidr;
  }

  static String checkedV6(@Nullable String cidr) {
    Matcher parts = V6.matcher(cidr == null ? "" : cidr);
    if (cidr == null || !parts.matches() || !parts.group(1).contains(":")) {
      throw malformed(cidr);
    }
    return cidr;
  }

  private static Refusal malformed(@Nullable String cidr) {
    return Refusal.invalidValue("CIDR block " + cidr + " is malformed");
  }
}
