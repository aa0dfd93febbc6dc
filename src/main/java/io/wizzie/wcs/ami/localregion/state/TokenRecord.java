package io.wizzie.wcs.ami.localregion.state;

import java.time.Instant;
import java.util.List;

/**
 * A client token that was used.
 *
 * @param fingerprint of the request's other parameters: the same token with others is refused
 * @param ids what the call created
 */
public record TokenRecord(String action, String fingerprint, List<String> ids, Instant used) {
  public TokenRecord {
    ids = List.copyOf(ids);
  }
}
