package io.wizzie.wcs.ami.build;

import io.wizzie.wcs.ami.audit.AmiAudit;
import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.build.BuildOutcome.Audited;
import io.wizzie.wcs.ami.ec2.ImageFacts;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.spec.BuildSpec;
import io.wizzie.wcs.ami.spec.SourceImageSpec;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The audit of an image that exists: from outside by what EC2 says of it, from inside on an
 * instance that is launched from it and terminated afterwards.
 */
public final class ImageAudit {
  private final BuildSpec spec;
  private final BuildOptions options;
  private final BuildParts parts;
  private final EventStream events;
  private final GuestSteps guest;
  private final RandomGenerator jitter;

  public ImageAudit(BuildSpec spec, BuildOptions options, BuildParts parts) {
    this(spec, options, parts, new EventStream(parts.clock(), parts.events()));
  }

  private ImageAudit(BuildSpec spec, BuildOptions options, BuildParts parts, EventStream events) {
    this(
        spec,
        options,
        parts,
        events,
        new RealGuestSteps(spec, parts.clock(), parts.sleeper(), events),
        RandomGenerator.getDefault());
  }

  ImageAudit(
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

  /** Audits. Never throws, and leaves no more than a build would; the image stays. */
  public BuildOutcome run(String imageId) {
    return Job.run(
        options,
        parts,
        events,
        jitter,
        spec,
        workshop -> {
          AuditReport report = audit(imageId, workshop);
          return new Audited(report, workshop.removeAll());
        });
  }

  private AuditReport audit(String imageId, Workshop workshop) {
    Judgement judgement = new Judgement(spec.audit(), events);
    AuditReport attributes =
        workshop
            .stages()
            .run(
                "audit-image",
                "Audit the image's attributes",
                () -> judgement.tell(attributes(imageId, workshop)),
                AuditReport::summary);
    try (TrialInstance trial = launch(imageId, workshop)) {
      RemoteShell shell =
          workshop
              .stages()
              .run(
                  "connect",
                  "Connect to the instance",
                  trial::open,
                  connected -> "logged in as " + spec.ssh().user());
      awaitBoot(shell, workshop);
      AuditReport inside =
          workshop
              .stages()
              .run(
                  "audit",
                  "Audit the instance",
                  () -> judgement.tell(guest.auditLaunched(shell)),
                  AuditReport::summary);
      return inside.plus(attributes);
    }
  }

  private AuditReport attributes(String imageId, Workshop workshop) {
    ImageFacts facts = workshop.ec2().imageInspection().inspect(imageId);
    String sourceId = facts.sourceImageId();
    @Nullable ImageFacts source =
        sourceId == null
            ? null
            : workshop.ec2().imageInspection().inspectSource(sourceId).orElse(null);
    return AmiAudit.of(facts, source, parts.ec2().region(), parts.clock().instant());
  }

  private TrialInstance launch(String imageId, Workshop workshop) {
    return workshop
        .stages()
        .run(
            "launch",
            "Launch an instance as a buyer does",
            () -> {
              SourceImage image =
                  workshop
                      .ec2()
                      .sourceImages()
                      .resolve(new SourceImageSpec(imageId, List.of(), Map.of(), false, true));
              TrialInstances trials = new TrialInstances(spec, options.buildId(), parts, workshop);
              TrialInstance launched =
                  trials.launch(
                      image,
                      trials.access(List.of()),
                      "audit",
                      spec.builder().instanceTypes(),
                      null);
              launched.awaitRunning();
              return launched;
            },
            TrialInstance::instanceId);
  }

  // What the first boot is still making should not be met half done; how it ends is for another
  // command to say.
  private void awaitBoot(RemoteShell shell, Workshop workshop) {
    workshop
        .stages()
        .run(
            "ready",
            "Wait for the first boot to end",
            () -> {
              try {
                return guest.awaitReady(shell).prettyName();
              } catch (BuildException failed) {
                if (failed.category() != Category.GUEST) {
                  throw failed;
                }
                events.warn("The first boot did not end well: " + Failures.firstLine(failed));
                return "audited all the same";
              }
            },
            line -> line);
  }
}
