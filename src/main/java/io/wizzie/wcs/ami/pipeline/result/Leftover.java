package io.wizzie.wcs.ami.pipeline.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.wizzie.wcs.ami.base.ResourceId;
import java.util.List;

/**
 * A resource that still exists when the build is over.
 *
 * @param kept whether it is left on purpose
 * @param reason why it is left
 * @param removal the command that removes it
 */
public record Leftover(ResourceId resource, boolean kept, String reason, String removal) {
  /** Of one that could not be removed. */
  public Leftover(ResourceId resource, String reason, String removal) {
    this(resource, false, reason, removal);
  }

  /** Writes each as {@code region}, {@code kind}, {@code id}, {@code reason}, {@code removal}. */
  public static void write(List<Leftover> leftovers, ArrayNode array) {
    for (Leftover left : leftovers) {
      array
          .addObject()
          .put("region", left.resource().region())
          .put("kind", left.resource().kind().toString())
          .put("id", left.resource().id())
          .put("reason", left.reason())
          .put("removal", left.removal());
    }
  }
}
