package io.wizzie.wcs.ami.ec2.client;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the times that EC2 gives as text. */
public final class Ec2Times {
  private Ec2Times() {}

  /** The time, or the epoch where EC2 gave none or not an ISO time: it then sorts as oldest. */
  public static Instant parse(@Nullable String text) {
    if (text == null) {
      return Instant.EPOCH;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException notATime) {
      return Instant.EPOCH;
    }
  }
}
