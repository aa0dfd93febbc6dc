package io.wizzie.wcs.ami.localregion.engine;

import io.wizzie.wcs.ami.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What tells the containers of one region from another's: a digest of its folder's path. */
final class RegionId {
  private static final int LENGTH = 10;

  private RegionId() {}

  static String of(Path stateFolder) {
    byte[] path =
        stateFolder.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
    return Sha256.of(path).substring(0, LENGTH);
  }
}
