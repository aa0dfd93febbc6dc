package io.wizzie.wcs.ami.cli.option;

import io.wizzie.wcs.ami.localregion.model.AccessKey;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An EC2 endpoint to talk to, and as whom.
 *
 * @param profile null for the SDK's own choice
 * @param endpoint null for the region's own
 * @param key of the local region that this process serves, so that no other need be found; else
 *     null
 * @param servedFrom state folder of the local region, when this process serves it, and only for as
 *     long as it lives; else null
 */
public record RegionTarget(
    String name,
    @Nullable String profile,
    @Nullable URI endpoint,
    @Nullable AccessKey key,
    @Nullable Path servedFrom) {
  /** Name that {@code --region} takes for the local region. */
  public static final String LOCAL = "local";

  public RegionTarget(String name, @Nullable String profile, @Nullable URI endpoint) {
    this(name, profile, endpoint, null, null);
  }

  /** Whether this process has to serve the region itself. */
  public boolean servedHere() {
    return name.equals(LOCAL) && endpoint == null;
  }

  /** The same region, where this process serves it. */
  public RegionTarget servedAt(URI endpoint, AccessKey key, Path stateFolder) {
    return new RegionTarget(name, null, endpoint, key, stateFolder);
  }
}
