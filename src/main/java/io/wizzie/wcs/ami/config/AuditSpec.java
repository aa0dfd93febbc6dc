package io.wizzie.wcs.ami.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the image is audited.
 *
 * @param waivers findings that are meant to be so
 */
public record AuditSpec(List<Waiver> waivers) {
  public AuditSpec {
    waivers = List.copyOf(waivers);
  }

  /**
   * A finding that is accepted.
   *
   * @param check ID of the check
   * @param path what the finding is about, exactly or with {@code *} and {@code **}; null for all
   *     that the check finds
   * @param reason why; it shows in the manifest
   */
  public record Waiver(String check, @Nullable String path, String reason) {}
}
