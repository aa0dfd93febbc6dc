package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.build.BuildOutcome.Built;
import io.wizzie.wcs.ami.spec.BuildSpec;
import java.util.random.RandomGenerator;

/** One build, from specification to image. */
public final class ImageBuild {
  /** Name of the journal's note on a build whose resources stay on purpose. */
  static final String KEPT_UNTIL = "kept-until";

  private final BuildSpec spec;
  private final BuildOptions options;
  private final BuildParts parts;
  private final EventStream events;
  private final GuestSteps guest;
  private final RandomGenerator jitter;

  public ImageBuild(BuildSpec spec, BuildOptions options, BuildParts parts) {
    this(spec, options, parts, new EventStream(parts.clock(), parts.events()));
  }

  private ImageBuild(BuildSpec spec, BuildOptions options, BuildParts parts, EventStream events) {
    this(
        spec,
        options,
        parts,
        events,
        new RealGuestSteps(spec, parts.clock(), parts.sleeper(), events),
        RandomGenerator.getDefault());
  }

  ImageBuild(
      BuildSpec spec,
      BuildOptions options,
      BuildParts parts,
      EventStream events,
      GuestSteps guest,
      RandomGenerator jitter) {
    this.spec = spec;
    this.options = options;
    this.parts = parts;
    this.events = events;
    this.guest = guest;
    this.jitter = jitter;
  }

  /**
   * Builds. Never throws: the outcome says what failed and what is left. An interrupt of the thread
   * ends the build; everything is removed before this returns, with the flag set again.
   */
  public BuildOutcome run() {
    return Job.run(
        options,
        parts,
        events,
        jitter,
        spec,
        workshop -> {
          Checkpoint provisioned = new Pipeline(spec, options, parts, guest, workshop).provision();
          BuildResult result = new Completion(provisioned, parts, guest, workshop).fromBuilder();
          new ResultFiles(workshop.folder(), events).write(result, options.manifest());
          return new Built(result);
        });
  }
}
