package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AmiAudit;
import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.ImageFacts;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Audited;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit of an image that exists: from outside by what EC2 says of it, from inside on an
 * instance that is launched from it and terminated afterwards.
 */
public final class ImageAudit {
  private final Assignment job;

  public ImageAudit(BuildSpec spec, BuildOptions options, BuildParts parts) {
    this(Assignment.of(spec, options, parts));
  }

  ImageAudit(Assignment job) {
    this.job = job;
  }

  /** Audits. Never throws, and leaves no more than a build would; the image stays. */
  public BuildOutcome run(String imageId) {
    return Job.run(
        job,
        workshop -> {
          AuditReport report = audit(imageId, workshop);
          return new Audited(report, workshop.removeAll());
        });
  }

  private AuditReport audit(String imageId, BuildSession workshop) {
    AuditGate judgement = new AuditGate(job.spec().audit(), job.events());
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
                  connected -> "logged in as " + job.spec().ssh().user());
      awaitBoot(shell, workshop);
      AuditReport inside =
          workshop
              .stages()
              .run(
                  "audit",
                  "Audit the instance",
                  () -> judgement.tell(job.guest().auditLaunched(shell)),
                  AuditReport::summary);
      return inside.plus(attributes);
    }
  }

  private AuditReport attributes(String imageId, BuildSession workshop) {
    ImageFacts facts = workshop.ec2().imageInspection().inspect(imageId);
    String sourceId = facts.sourceImageId();
    @Nullable ImageFacts source =
        sourceId == null
            ? null
            : workshop.ec2().imageInspection().inspectSource(sourceId).orElse(null);
    return AmiAudit.of(facts, source, job.parts().ec2().region(), job.parts().clock().instant());
  }

  private TrialInstance launch(String imageId, BuildSession workshop) {
    return workshop
        .stages()
        .run(
            "launch",
            "Launch an instance as a buyer does",
            () -> {
              SourceImage image = workshop.ec2().sourceImages().named(imageId);
              TrialInstances trials =
                  new TrialInstances(job.spec(), job.options().buildId(), job.parts(), workshop);
              TrialInstance launched =
                  trials.launch(
                      image,
                      trials.access(List.of()),
                      "audit",
                      job.spec().builder().instanceTypes(),
                      null);
              launched.awaitRunning();
              return launched;
            },
            TrialInstance::instanceId);
  }

  // What the first boot is still making should not be met half done; how it ends is for another
  // command to say.
  private void awaitBoot(RemoteShell shell, BuildSession workshop) {
    workshop
        .stages()
        .run(
            "ready",
            "Wait for the first boot to end",
            () -> {
              try {
                return job.guest().awaitReady(shell).prettyName();
              } catch (BuildException failed) {
                if (failed.category() != Category.GUEST) {
                  throw failed;
                }
                job.events().warn("The first boot did not end well: " + Failures.firstLine(failed));
                return "audited all the same";
              }
            },
            line -> line);
  }
}
