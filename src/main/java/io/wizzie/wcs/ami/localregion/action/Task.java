package io.wizzie.wcs.ami.localregion.action;

import io.wizzie.wcs.ami.localregion.state.ContentRecord;
import io.wizzie.wcs.ami.localregion.state.InstanceLife;
import io.wizzie.wcs.ami.localregion.state.RegionState;
import java.util.List;
import java.util.stream.Stream;

/** Something that the state says of an instance or a file system, and the guests don't do yet. */
record Task(String region, Kind kind, String id) {
  enum Kind {
    INSTANCE,
    CONTENT
  }

  /** Everything there is to do in a region. */
  static List<Task> wanted(String region, RegionState state) {
    return Stream.concat(
            state.contents.values().stream()
                .filter(
                    content ->
                        !content.base() && (content.wanted() || !referenced(state, content.ref())))
                .map(ContentRecord::ref)
                .map(ref -> new Task(region, Kind.CONTENT, ref)),
            state.instances.values().stream()
                .filter(instance -> wanted(instance.life()))
                .map(instance -> new Task(region, Kind.INSTANCE, instance.id())))
        .toList();
  }

  /** Whether a snapshot, and so perhaps an image, or a guest needs the file system. */
  static boolean referenced(RegionState state, String ref) {
    return state.snapshots.values().stream().anyMatch(snapshot -> ref.equals(snapshot.contentRef()))
        || state.instances.values().stream()
            .anyMatch(
                instance ->
                    instance.launch().contentRef().equals(ref)
                        && instance.life().removed() == null);
  }

  private static boolean wanted(InstanceLife life) {
    if (life.terminateAsked() != null) {
      return life.removed() == null;
    }
    return life.stopAsked() != null ? life.stopped() == null : life.started() == null;
  }
}
