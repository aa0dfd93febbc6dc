package io.wizzie.wcs.ami.pipeline.result;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.chef.InstalledChef;
import io.wizzie.wcs.ami.cloudinit.GuestReadiness.GuestSystem;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.ec2.SourceImage;
import io.wizzie.wcs.ami.inventory.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a build made and of what; {@link Manifest} writes it down.
 *
 * @param spec what it was made after
 * @param instanceType the builder's
 * @param cleaned what was found in the guest and removed before imaging
 * @param audit of the guest and the image, waived findings included
 * @param verification null when none was asked for
 * @param stages in the order in which they began
 */
public record BuildResult(
    BuildId buildId,
    String imageId,
    String imageName,
    List<String> snapshotIds,
    String region,
    BuildSpec spec,
    SourceImage sourceImage,
    String instanceType,
    CookbookBundle bundle,
    InstalledChef chef,
    GuestSystem guestSystem,
    Inventory inventory,
    List<String> cleaned,
    AuditReport audit,
    @Nullable Verification verification,
    String toolVersion,
    Instant finishedAt,
    List<StageTiming> stages,
    List<Leftover> leftovers) {
  public BuildResult {
    snapshotIds = List.copyOf(snapshotIds);
    cleaned = List.copyOf(cleaned);
    stages = List.copyOf(stages);
    leftovers = List.copyOf(leftovers);
  }

  /** How long a stage took, from when. */
  public record StageTiming(String name, Instant startedAt, Duration elapsed) {}
}
