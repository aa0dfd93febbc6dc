package io.wizzie.wcs.ami.localregion.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What tells the containers of one region from another's: a digest of its folder's path. */
final class RegionId {
  private static final int LENGTH = 10;

  private RegionId() {}

  static String of(Path stateFolder) {
    byte[] path =
        stateFolder.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
    return Digest.sha256(path).substring(0, LENGTH);
  }
}
