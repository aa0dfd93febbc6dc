package io.wizzie.wcs.ami.journal;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says of its build.
 *
 * @param begunAt null in a journal that was begun before this was recorded
 * @param resources everything that was created, oldest first
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
    List<RecordedResource> resources,
    List<Intent> open,
    Map<String, String> notes,
    @Nullable String outcome,
    boolean torn) {
  public RecordedBuild {
    resources = List.copyOf(resources);
    open = List.copyOf(open);
    notes = Map.copyOf(notes);
  }

  /**
   * Something that may have been created.
   *
   * @param find what finds it, such as {@code client-token} and its value
   */
  public record Intent(
      long seq, String region, ResourceKind kind, Map<String, String> find, Instant at) {
    public Intent {
      find = Map.copyOf(find);
    }
  }

  /** Whether this is the build's result, which nobody may remove. */
  public boolean isKept(ResourceId resource) {
    return resources.stream()
        .anyMatch(
            each -> each.fate() == RecordedResource.Fate.KEPT && each.resource().equals(resource));
  }
}
