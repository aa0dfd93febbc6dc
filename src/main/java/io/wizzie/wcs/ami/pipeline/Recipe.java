package io.wizzie.wcs.ami.pipeline;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.chef.InstalledChef;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.ec2.AvailableImage;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.pipeline.GuestStages.Cleaned;
import io.wizzie.wcs.ami.pipeline.GuestStages.ConvergedGuest;
import io.wizzie.wcs.ami.pipeline.recovery.Checkpoint;
import io.wizzie.wcs.ami.pipeline.recovery.ResumePoint;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import io.wizzie.wcs.ami.pipeline.result.Verification;
import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recipe of an image: every stage in its order, each taking what earlier ones yielded. {@link
 * Stage} names them.
 */
record Recipe(BuildSession session) {
  /**
   * From the source image to the image that is handed out.
   *
   * @param resumed the checkpoint of a build that was killed after it; null to begin
   * @param from where that build stands; null to begin
   */
  BuildResult build(@Nullable Checkpoint resumed, @Nullable ResumePoint from) {
    Checkpoint made = resumed == null ? provisioned() : resumed;
    ImageStages images = new ImageStages(session, new ImageStage(session));
    ResumePoint stopped = images.stop(made, from);
    AvailableImage image = images.image(made, stopped);
    images.attributes(image, stopped);
    AuditReport audit = images.audit(made, image, stopped);
    Verification verified = images.verify(made, image, stopped);
    images.finish(image);
    // The image is handed out: from here on nothing throws.
    List<Leftover> left = session.removeAll();
    return images.result(made, image, audit, verified, left);
  }

  private Checkpoint provisioned() {
    BuilderStages builder = new BuilderStages(session);
    GuestStages guest = new GuestStages(session);
    SourceImage source = builder.resolve();
    BuildPlan plan = builder.check(source);
    BuilderAccess access = builder.access(plan);
    try (Background<CookbookBundle> bundle = builder.bundle();
        Builder launched = builder.launch(source, plan, access)) {
      ReconnectingShell shell = builder.connect(launched, plan, access);
      GuestSystem system = guest.ready(shell);
      InstalledChef chef = guest.chef(shell);
      ConvergedGuest converged = guest.converge(shell, launched, chef, bundle);
      guest.hook(converged);
      AuditReport audit = guest.audit(converged);
      Inventory inventory = guest.inventory(converged, plan, system);
      Cleaned cleaned = guest.clean(converged, audit, inventory);
      return builder.checkpoint(source, plan, access, launched, system, cleaned, bundle);
    }
  }
}
