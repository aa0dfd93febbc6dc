package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.ec2.OrphanedResource;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a build lives: of one that was begun here, its lock tells; of another machine's,
 * the time of its beginning at first and the heartbeat of its builder then.
 */
record Liveness(LocalBuilds local, Instant now) {
  /** The builder is launched, and its first heartbeat heard, long before. */
  static final Duration BEGINNING = Duration.ofMinutes(15);

  /**
   * Why the build's things must not be touched; empty when it is dead.
   *
   * @param asked whether this very build is asked for, which ends what was kept on purpose
   */
  Optional<String> alive(String buildId, Collection<OrphanedResource> things, boolean asked) {
    if (local.isRunning(buildId)) {
      return Optional.of("the build is running on this machine");
    }
    if (local.has(buildId)) {
      Instant kept = keptUntil(local.of(buildId));
      return kept != null && kept.isAfter(now) && !asked
          ? Optional.of("kept on purpose until " + kept + "; --build " + buildId + " removes it")
          : Optional.empty();
    }
    Optional<Instant> vouchedFor =
        things.stream()
            .map(OrphanedResource::aliveUntil)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .filter(until -> until.isAfter(now));
    if (vouchedFor.isPresent()) {
      return Optional.of("its heartbeat says that it lives, until " + vouchedFor.get());
    }
    Instant begun = BuildId.beginning(buildId);
    return begun != null && begun.plus(BEGINNING).isAfter(now)
        ? Optional.of("it began elsewhere at " + begun + ", and may live")
        : Optional.empty();
  }

  private static @Nullable Instant keptUntil(@Nullable RecordedBuild build) {
    String until = build == null ? null : build.notes().get(KeptBuild.UNTIL_NOTE);
    try {
      return until == null ? null : Instant.parse(until);
    } catch (DateTimeParseException notOurs) {
      return null;
    }
  }
}
