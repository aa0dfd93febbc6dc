package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.chef.InstalledChef;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.config.BuildOptions.Verify;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.Images.NewImage;
import io.wizzie.wcs.ami.ec2.RunningInstance;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.inventory.Inventory;
import io.wizzie.wcs.ami.pipeline.result.BuildResult.StageTiming;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the first half of a build yields, a provisioned and cleaned builder, with all that the
 * second half needs: it is the same whether the same process takes it or, after a crash, another.
 *
 * @param manifest where the manifest goes; null for the build's folder
 * @param expiresAt when the builder ends itself, if it still runs then
 * @param temporaryKey name of the key pair that is no longer needed; null when it is the user's own
 * @param stages that have been run
 */
public record Checkpoint(
    BuildId buildId,
    Verify verify,
    @Nullable Path manifest,
    BuildSpec spec,
    SourceImage source,
    NewImage image,
    RunningInstance builder,
    Instant expiresAt,
    @Nullable String temporaryKey,
    GuestSystem guestSystem,
    InstalledChef chef,
    AuditReport audit,
    Inventory inventory,
    List<String> cleaned,
    CookbookBundle bundle,
    List<StageTiming> stages) {
  public Checkpoint {
    cleaned = List.copyOf(cleaned);
    stages = List.copyOf(stages);
  }
}
