package io.wizzie.wcs.ami.journal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says of its build.
 *
 * @param begunAt null in a journal that was begun before this was recorded
 * @param things everything that was created, oldest first
 * @param open what was intended, without an answer that says whether it was created
 * @param notes facts that the build has left for whoever carries on, by name
 * @param outcome null when the build never came to its end
 * @param torn whether the last line had not reached the disk as a whole
 */
public record RecordedBuild(
    Path folder,
    String buildId,
    String region,
    String tool,
    @Nullable Instant begunAt,
    @Nullable Instant lastAt,
    List<Thing> things,
    List<Intent> open,
    Map<String, String> notes,
    @Nullable String outcome,
    boolean torn) {
  public RecordedBuild {
    things = List.copyOf(things);
    open = List.copyOf(open);
    notes = Map.copyOf(notes);
  }

  /** What became of a thing, as far as it was recorded. */
  public enum Fate {
    CREATED,
    REMOVED,
    LEFT,
    /** Handed out: it is the build's result. */
    KEPT
  }

  /** Something that was created. */
  public record Thing(String kind, String id, Instant createdAt, Fate fate) {
    /** Whether it may still be there and is not meant to be. */
    public boolean isUnaccounted() {
      return fate == Fate.CREATED || fate == Fate.LEFT;
    }
  }

  /**
   * Something that may have been created.
   *
   * @param find what finds it, such as {@code client-token} and its value
   */
  public record Intent(long seq, String kind, Map<String, String> find, Instant at) {
    public Intent {
      find = Map.copyOf(find);
    }
  }

  /** Whether this is the build's result, which nobody may remove. */
  public boolean isKept(String kind, String id) {
    return things.stream()
        .anyMatch(
            thing ->
                thing.fate() == Fate.KEPT && thing.kind().equals(kind) && thing.id().equals(id));
  }
}
