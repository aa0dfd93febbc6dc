package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.localregion.model.BaseImage;
import io.wizzie.wcs.ami.localregion.model.RegionStatus;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Writes the local region's status for people. */
public final class LocalStatusWriter {
  private LocalStatusWriter() {}

  public static String table(LocalStatus status, String up, int page) {
    List<String> lines = new ArrayList<>();
    lines.add("State:       " + status.stateFolder());
    if (status.problem() != null) {
      lines.add("Problem:     " + status.problem());
      return String.join("\n", lines);
    }
    BaseImage base = status.baseImage();
    lines.add(
        "Base image:  "
            + (base == null
                ? "not made yet; made by: " + up
                : base.imageRef() + " (" + megabytes(base.sizeBytes()) + ")"));
    if (status.scenario() != null) {
      lines.add("Scenario:    " + status.scenario());
    }
    lines.add("");
    lines.addAll(instances(status.regions(), page));
    lines.add("");
    lines.addAll(images(status.regions(), page));
    lines.addAll(total(status.regions()));
    return String.join("\n", lines);
  }

  /** How much there is in all: a snapshot goes with its image, and has no line of its own. */
  private static List<String> total(List<RegionStatus.Region> regions) {
    long count = regions.stream().mapToLong(region -> region.snapshots().size()).sum();
    long images = regions.stream().mapToLong(region -> region.images().size()).sum();
    return count == 0 && images == 0
        ? List.of()
        : List.of("", "In all: images " + images + ", snapshots " + count + ".");
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%d MB", bytes / 1_000_000);
  }

  private static List<String> instances(List<RegionStatus.Region> regions, int page) {
    TextTable table =
        new TextTable(page, "REGION", "INSTANCE", "STATE", "SIZE", "ADDRESS", "IMAGE", "NAME");
    for (RegionStatus.Region region : regions) {
      for (RegionStatus.Instance instance : region.instances()) {
        // EC2 lists it for an hour more; there is nothing left of it here.
        if (!instance.state().equals("terminated")) {
          table.row(
              region.name(),
              instance.id(),
              instance.state(),
              megabytes(instance.sizeBytes()),
              Objects.requireNonNullElse(instance.address(), "-"),
              instance.imageId(),
              Objects.requireNonNullElse(instance.name(), ""));
        }
      }
    }
    return table.lines("No instances.");
  }

  private static List<String> images(List<RegionStatus.Region> regions, int page) {
    TextTable table = new TextTable(page, "REGION", "IMAGE", "STATE", "SIZE", "CREATED", "NAME");
    for (RegionStatus.Region region : regions) {
      for (RegionStatus.Image image : region.images()) {
        table.row(
            region.name(),
            image.id(),
            image.state(),
            megabytes(image.sizeBytes()),
            image.created().truncatedTo(ChronoUnit.SECONDS).toString(),
            image.name());
      }
    }
    return table.lines("No images.");
  }
}
