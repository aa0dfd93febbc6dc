package io.wizzie.wcs.ami.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Knows at any moment what the build has created and not yet removed, also in mid-cleanup. */
public final class OpenResources implements BuildListener {
  private final Set<Resource> open = new LinkedHashSet<>();

  /** A resource in EC2's words, such as {@code instance} and {@code i-0abc}. */
  public record Resource(String kind, String id) {}

  @Override
  public synchronized void accept(BuildEvent event) {
    if (event instanceof BuildEvent.ResourceCreated created) {
      open.add(new Resource(created.kind(), created.id()));
    } else if (event instanceof BuildEvent.ResourceRemoved removed) {
      open.remove(new Resource(removed.kind(), removed.id()));
    }
  }

  /** The resources that exist, newest first: the order in which they can be removed. */
  public synchronized List<Resource> newestFirst() {
    List<Resource> resources = new ArrayList<>(open);
    Collections.reverse(resources);
    return List.copyOf(resources);
  }

  @Override
  public void close() {}
}
