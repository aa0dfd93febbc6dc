package io.wizzie.wcs.ami.pipeline.recovery;

import io.wizzie.wcs.ami.base.ResourceId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cleaning has found in a region and what became of it, in the order of removal.
 *
 * @param rows in order of build and kind
 */
public record Cleaning(String region, List<Row> rows) {
  public Cleaning {
    rows = List.copyOf(rows);
  }

  /**
   * What is asked for.
   *
   * @param buildId only this build's, also if it was kept on purpose; null for all
   * @param olderThan only of builds that began so long ago; null for all
   * @param dryRun whether to look only
   */
  public record Request(@Nullable String buildId, @Nullable Duration olderThan, boolean dryRun) {}

  /** What became of a resource. */
  public enum Fate {
    REMOVED,
    /** It would have been removed, had the cleaning not been a dry run. */
    FOUND,
    /** It could not be removed. */
    LEFT,
    /** Its build lives, or was kept on purpose. */
    ALIVE
  }

  /**
   * One resource.
   *
   * @param note why it is left or not touched; empty otherwise
   */
  public record Row(String buildId, ResourceId resource, Fate fate, String note) {}

  /** Whether there is something that was to be removed and is not. */
  public boolean isIncomplete() {
    return rows.stream().anyMatch(row -> row.fate() == Fate.FOUND || row.fate() == Fate.LEFT);
  }

  /** Whether something was passed over because its build lives. */
  public boolean hasAlive() {
    return rows.stream().anyMatch(row -> row.fate() == Fate.ALIVE);
  }
}
