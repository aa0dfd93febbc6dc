package io.wizzie.wcs.ami.event;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows at any moment what the build has created and not yet removed, also in mid-cleanup. */
public final class OpenResources implements BuildListener {
  private final Set<ResourceId> open = new LinkedHashSet<>();
  private @Nullable String keptImage;

  @Override
  public synchronized void accept(BuildEvent event) {
    if (event instanceof BuildEvent.ResourceCreated created) {
      open.add(created.resource());
    } else if (event instanceof BuildEvent.ResourceRemoved removed) {
      open.remove(removed.resource());
    } else if (event instanceof BuildEvent.ImageKept kept) {
      keptImage = kept.imageId();
      open.removeIf(
          each -> each.id().equals(kept.imageId()) || kept.snapshotIds().contains(each.id()));
    }
  }

  /**
   * The resources that exist, newest first: the order in which they can be removed. A snapshot is
   * made known after its image, but can go only when the image is gone.
   */
  public synchronized List<ResourceId> newestFirst() {
    List<ResourceId> resources = new ArrayList<>(open);
    Collections.reverse(resources);
    List<ResourceId> snapshots =
        resources.stream().filter(resource -> resource.kind() == ResourceKind.SNAPSHOT).toList();
    resources.removeAll(snapshots);
    int image = 0;
    for (int i = 0; i < resources.size(); i++) {
      image = resources.get(i).kind() == ResourceKind.IMAGE ? i + 1 : image;
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
