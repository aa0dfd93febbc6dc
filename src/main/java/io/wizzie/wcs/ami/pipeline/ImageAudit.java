package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AmiAudit;
import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.Failures;
import io.wizzie.wcs.ami.config.BuildOptions;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.ImageFacts;
import io.wizzie.wcs.ami.ec2.InstanceTypes;
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
public record ImageAudit(Assignment job) {
  public ImageAudit(BuildSpec spec, BuildOptions options, BuildParts parts) {
    this(Assignment.of(spec, options, parts));
  }

  /** Audits. Never throws, and leaves no more than a build would; the image stays. */
  public BuildOutcome run(String imageId) {
    return Job.run(
        job,
        session -> {
          AuditReport report = audit(imageId, session);
          return new Audited(report, session.removeAll());
        });
  }

  private AuditReport audit(String imageId, BuildSession session) {
    AuditGate gate = new AuditGate(job.spec().audit(), job.events());
    AuditReport attributes =
        session.run(
            Stage.AUDIT_IMAGE,
            () -> gate.report(attributes(imageId, session)),
            AuditReport::summary);
    try (TrialInstance trial = launch(imageId, session)) {
      RemoteShell shell =
          session.run(
              Stage.AUDIT_CONNECT,
              trial::open,
              connected -> "logged in as " + job.spec().ssh().user());
      awaitBoot(shell, session);
      AuditReport inside =
          session.run(
              Stage.AUDIT_INSTANCE,
              () -> gate.report(job.guest().auditLaunched(shell)),
              AuditReport::summary);
      return inside.plus(attributes);
    }
  }

  private AuditReport attributes(String imageId, BuildSession session) {
    ImageFacts facts = session.ec2().imageInspection().inspect(imageId);
    String sourceId = facts.sourceImageId();
    @Nullable ImageFacts source =
        sourceId == null
            ? null
            : session.ec2().imageInspection().inspectSource(sourceId).orElse(null);
    return AmiAudit.of(facts, source, job.parts().ec2().region(), job.parts().clock().instant());
  }

  private TrialInstance launch(String imageId, BuildSession session) {
    return session.run(
        Stage.AUDIT_LAUNCH,
        () -> {
          SourceImage image = session.ec2().sourceImages().named(imageId);
          List<String> types = job.spec().builder().instanceTypes();
          InstanceTypes.requireFor(image, types, "builder.instanceTypes");
          TrialInstances trials = new TrialInstances(session);
          TrialInstance launched =
              trials.launch(image, trials.access(List.of()), "audit", types, null);
          launched.awaitRunning();
          return launched;
        },
        TrialInstance::instanceId);
  }

  // What the first boot is still making should not be met half done; how it ends is for another
  // command to say.
  private void awaitBoot(RemoteShell shell, BuildSession session) {
    session.run(
        Stage.FIRST_BOOT,
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
