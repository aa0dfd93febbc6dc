package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.spec.BuildSpec;

/** One build, from specification to image. */
public final class ImageBuild {
  private final BuildSpec spec;
  private final BuildOptions options;
  private final BuildParts parts;

  public ImageBuild(BuildSpec spec, BuildOptions options, BuildParts parts) {
    this.spec = spec;
    this.options = options;
    this.parts = parts;
  }

  /** Builds. Never throws for a failed build; the outcome says what failed. */
  public BuildOutcome run() {
    throw new UnsupportedOperationException("" + spec + options + parts);
  }
}
