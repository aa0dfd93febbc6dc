package io.wizzie.wcs.ami.cli;

import io.wizzie.wcs.ami.build.BuildId;
import io.wizzie.wcs.ami.cli.command.LocalRegions;
import io.wizzie.wcs.ami.cli.command.Parts;
import io.wizzie.wcs.ami.spec.BuildSpec;
import io.wizzie.wcs.ami.spec.Problem;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The real parts. */
final class WiredParts implements Parts {
  private final Map<String, String> variables;

  WiredParts(Map<String, String> variables) {
    this.variables = variables;
  }

  @Override
  public BuildSpec readSpec(List<Path> files, List<String> settings, @Nullable String region) {
    throw new UnsupportedOperationException("" + variables);
  }

  @Override
  public List<Problem> checkCookbooks(BuildSpec spec) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> defaultRegion(@Nullable String profile, boolean offline) {
    return Optional.empty();
  }

  @Override
  public BuildId newBuildId() {
    return BuildId.create(Clock.systemUTC(), new SecureRandom());
  }

  @Override
  public Region connect(RegionTarget target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LocalRegions local() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void logLibraries() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
  }
}
