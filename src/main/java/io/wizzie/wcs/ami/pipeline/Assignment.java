package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import java.util.random.RandomGenerator;

/** What is to be done, what it is done with, and who hears of it. */
record Assignment(
    BuildSpec spec,
    BuildOptions options,
    BuildParts parts,
    EventStream events,
    GuestSteps guest,
    RandomGenerator jitter) {
  /** With a real guest. */
  static Assignment of(BuildSpec spec, BuildOptions options, BuildParts parts) {
    EventStream events = new EventStream(parts.clock(), parts.events());
    return new Assignment(
        spec,
        options,
        parts,
        events,
        new RealGuestSteps(spec, parts.clock(), parts.sleeper(), events),
        RandomGenerator.getDefault());
  }
}
