package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.build.BuildOutcome.Verified;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.spec.BuildSpec;
import io.wizzie.wcs.ami.spec.SourceImageSpec;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Tries out an image that exists, whoever built it. */
public final class ImageVerification {
  private final String imageId;
  private final BuildSpec spec;
  private final BuildOptions options;
  private final BuildParts parts;
  private final EventStream events;
  private final GuestSteps guest;
  private final RandomGenerator jitter;

  public ImageVerification(String imageId, BuildSpec spec, BuildOptions options, BuildParts parts) {
    this(imageId, spec, options, parts, new EventStream(parts.clock(), parts.events()));
  }

  private ImageVerification(
      String imageId, BuildSpec spec, BuildOptions options, BuildParts parts, EventStream events) {
    this(
        imageId,
        spec,
        options,
        parts,
        events,
        new RealGuestSteps(spec, parts.clock(), parts.sleeper(), events),
        RandomGenerator.getDefault());
  }

  ImageVerification(
      String imageId,
      BuildSpec spec,
      BuildOptions options,
      BuildParts parts,
      EventStream events,
      GuestSteps guest,
      RandomGenerator jitter) {
    this.imageId = imageId;
    this.spec = spec;
    this.options = options;
    this.parts = parts;
    this.events = events;
    this.guest = guest;
    this.jitter = jitter;
  }

  /** Tries it out. Never throws, and leaves no more than a build would; the image stays. */
  public BuildOutcome run() {
    return Job.run(
        options,
        parts,
        events,
        jitter,
        spec,
        workshop -> {
          SourceImage image =
              workshop
                  .stages()
                  .run("resolve", "Find the image", () -> find(workshop), SourceImage::name);
          Verification done =
              new VerifyStages(spec, options.buildId(), parts, guest, workshop).run(image, false);
          List<Leftover> left = workshop.removeAll();
          return new Verified(done, left);
        });
  }

  private SourceImage find(Workshop workshop) {
    return workshop
        .ec2()
        .sourceImages()
        .resolve(new SourceImageSpec(imageId, List.of(), Map.of(), false, true));
  }
}
