package io.wizzie.wcs.ami.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which chef-solo converges, and how.
 *
 * @param product {@code cinc} or {@code chef}
 * @param version that must be installed afterwards; null accepts any
 * @param chefPackage what to install; null when Chef is already in the source image
 * @param soloPath absolute path of chef-solo in the guest
 * @param fallbackSoloPath chef-solo in the source image to use when the package can't be
 *     downloaded; only a local region's overrides may name one
 * @param logLevel Chef's {@code log_level}
 * @param extraArguments passed to chef-solo as they are
 */
public record ChefSpec(
    String product,
    @Nullable String version,
    @Nullable ChefPackage chefPackage,
    String soloPath,
    @Nullable String fallbackSoloPath,
    String logLevel,
    List<String> extraArguments) {
  public ChefSpec {
    extraArguments = List.copyOf(extraArguments);
  }

  /**
   * A package: exactly one of {@code url} (downloaded by the guest) and {@code file} (uploaded).
   *
   * @param sha256 64 hex digits; required with {@code url}, checked in the guest for both
   */
  public record ChefPackage(@Nullable URI url, @Nullable Path file, @Nullable String sha256) {}
}
