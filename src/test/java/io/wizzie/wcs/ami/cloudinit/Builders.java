package io.wizzie.wcs.ami.cloudinit;

import io.wizzie.wcs.ami.config.BuilderSpec;
import io.wizzie.wcs.ami.config.reader.SpecFixture;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Builder specifications for tests. */
final class Builders {
  private Builders() {}

  static BuilderSpec withUserData(@Nullable Path userDataFile) {
    return SpecFixture.with(
        SpecFixture.of(BuilderSpec.class, "{instanceTypes: ['t3.small']}"),
        "userDataFile",
        userDataFile);
  }
}
