package io.wizzie.wcs.ami.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows at any moment what the build has created and not yet removed, also in mid-cleanup. */
public final class OpenResources implements BuildListener {
  private final Set<Resource> open = new LinkedHashSet<>();
  private @Nullable String keptImage;

  /** A resource in EC2's words, such as {@code instance} and {@code i-0abc}. */
  public record Resource(String kind, String id) {}

  @Override
  public synchronized void accept(BuildEvent event) {
    if (event instanceof BuildEvent.ResourceCreated created) {
      open.add(new Resource(created.kind(), created.id()));
    } else if (event instanceof BuildEvent.ResourceRemoved removed) {
      open.remove(new Resource(removed.kind(), removed.id()));
    } else if (event instanceof BuildEvent.ImageKept kept) {
      keptImage = kept.imageId();
      open.remove(new Resource("image", kept.imageId()));
      kept.snapshotIds().forEach(id -> open.remove(new Resource("snapshot", id)));
    }
  }

  /**
   * The resources that exist, newest first: the order in which they can be removed. A snapshot is
   * made known after its image, but can go only when the image is gone.
   */
  public synchronized List<Resource> newestFirst() {
    List<Resource> resources = new ArrayList<>(open);
    Collections.reverse(resources);
    List<Resource> snapshots =
        resources.stream().filter(resource -> resource.kind().equals("snapshot")).toList();
    resources.removeAll(snapshots);
    int image = 0;
    for (int i = 0; i < resources.size(); i++) {
      image = resources.get(i).kind().equals("image") ? i + 1 : image;
    }
    resources.addAll(image, snapshots);
    return List.copyOf(resources);
  }

  /** The finished image; empty until there is one. */
  public synchronized Optional<String> keptImage() {
    return Optional.ofNullable(keptImage);
  }

  @Override
  public void close() {}
}
