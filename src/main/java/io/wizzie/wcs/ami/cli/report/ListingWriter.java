package io.wizzie.wcs.ami.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.DurationText;
import io.wizzie.wcs.ami.ec2.ProjectResources.ProjectBuilder;
import io.wizzie.wcs.ami.ec2.ProjectResources.ProjectImage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what a region holds, as two tables or as one JSON object. */
public final class ListingWriter {
  private ListingWriter() {}

  /** For people; times in UTC. */
  public static String table(RegionListing listing, Clock clock, int page) {
    List<String> lines = new ArrayList<>();
    TextTable images = new TextTable(page, "IMAGE", "NAME", "STATE", "CREATED", "BUILD");
    for (ProjectImage image : listing.images()) {
      String state = image.state() + (image.finished() ? "" : ", not finished");
      images.row(image.imageId(), image.name(), state, time(image.createdAt()), image.buildId());
    }
    lines.addAll(images.lines("No images in region " + listing.region() + "."));
    lines.add("");
    TextTable builders =
        new TextTable(page, "BUILDER", "TYPE", "STATE", "LAUNCHED", "EXPIRES", "BUILD");
    for (ProjectBuilder builder : listing.builders()) {
      builders.row(
          builder.instanceId(),
          builder.instanceType(),
          builder.state(),
          time(builder.launchedAt()),
          expiry(builder.expiresAt(), clock.instant()),
          builder.buildId());
    }
    lines.addAll(builders.lines("No builders in region " + listing.region() + "."));
    return String.join("\n", lines);
  }

  /**
   * For programs: {@code region}; {@code images}, each {@code imageId}, {@code name}, {@code
   * state}, {@code finished}, {@code createdAt}, {@code buildId}, {@code snapshotIds}; {@code
   * builders}, each {@code instanceId}, {@code instanceType}, {@code state}, {@code launchedAt},
   * {@code expiresAt} (null when not told), {@code buildId}.
   */
  public static ObjectNode json(RegionListing listing) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("region", listing.region());
    ArrayNode images = document.putArray("images");
    for (ProjectImage image : listing.images()) {
      ObjectNode node =
          images
              .addObject()
              .put("imageId", image.imageId())
              .put("name", image.name())
              .put("state", image.state())
              .put("finished", image.finished())
              .put("createdAt", image.createdAt().toString())
              .put("buildId", image.buildId());
      ArrayNode snapshots = node.putArray("snapshotIds");
      image.snapshotIds().forEach(snapshots::add);
    }
    ArrayNode builders = document.putArray("builders");
    for (ProjectBuilder builder : listing.builders()) {
      builders
          .addObject()
          .put("instanceId", builder.instanceId())
          .put("instanceType", builder.instanceType())
          .put("state", builder.state())
          .put("launchedAt", builder.launchedAt().toString())
          .put("expiresAt", builder.expiresAt())
          .put("buildId", builder.buildId());
    }
    return document;
  }

  /** IDs of the builds that have an unfinished image or a builder past its time. */
  public static Set<String> interrupted(RegionListing listing, Clock clock) {
    Set<String> builds = new LinkedHashSet<>();
    listing.images().stream()
        .filter(image -> !image.finished())
        .forEach(image -> builds.add(image.buildId()));
    listing.builders().stream()
        .filter(builder -> expiry(builder.expiresAt(), clock.instant()).startsWith("abandoned"))
        .forEach(builder -> builds.add(builder.buildId()));
    return builds;
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String expiry(@Nullable String expiresAt, Instant now) {
    if (expiresAt == null) {
      return "-";
    }
    try {
      Duration left = Duration.between(now, Instant.parse(expiresAt));
      return left.isNegative()
          ? "abandoned " + DurationText.running(left.negated()) + " ago"
          : "in " + DurationText.running(left);
    } catch (DateTimeParseException notOurs) {
      // Somebody else wrote the tag; show what it says.
      return expiresAt;
    }
  }
}
