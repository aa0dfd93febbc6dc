package io.wizzie.wcs.ami.localregion.query;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request as the protocol has it, before anyone knows what the action is.
 *
 * @param id returned to the client with every answer
 * @param region from the credential scope of the signature, as EC2 has one endpoint per region and
 *     this is one for all
 * @param parameters without those of the protocol itself ({@code Action}, {@code Version})
 */
public record QueryRequest(
    String id, String action, String region, SortedMap<String, String> parameters) {
  public QueryRequest {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
