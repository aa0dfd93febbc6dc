package io.wizzie.wcs.ami.cloudinit;

import io.wizzie.wcs.ami.config.BuilderSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builder specifications for tests. */
final class Builders {
  private Builders() {}

  static BuilderSpec withUserData(@Nullable Path userDataFile) {
    return new BuilderSpec(
        List.of("t3.small"),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        null,
        null,
        new BuilderSpec.RootVolumeSpec(30, "gp3", null, null),
        userDataFile,
        Map.of(),
        Duration.ofHours(2),
        Duration.ofMinutes(5),
        1);
  }
}
