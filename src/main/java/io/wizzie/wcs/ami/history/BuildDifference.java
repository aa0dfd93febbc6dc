package io.wizzie.wcs.ami.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one build to another.
 *
 * @param changes in the order of the sections, then of the names
 * @param notes what could not be compared, and why; none when all was
 */
public record BuildDifference(
    BuildRecord before, BuildRecord after, List<Change> changes, List<String> notes) {
  /** In which the bundle's digest differs anyway. */
  private static final Set<Section> BUNDLED =
      Set.of(Section.COOKBOOKS, Section.RUN_LISTS, Section.ATTRIBUTES);

  public BuildDifference {
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  /**
   * A thing that is not the same.
   *
   * @param before null when it was not there
   * @param after null when it is gone
   */
  public record Change(
      Section section, String name, @Nullable String before, @Nullable String after) {
    public Kind kind() {
      return before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
    }
  }

  /** How a thing differs. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /** Compares. What only one of the two wrote down is noted, not taken for a change. */
  public static BuildDifference between(BuildRecord before, BuildRecord after) {
    List<String> notes = new ArrayList<>();
    Set<Section> unknown = new TreeSet<>();
    if (lacks(before, after, "inventory", notes)) {
      unknown.addAll(List.of(Section.PACKAGES, Section.CONTAINER_IMAGES, Section.GEMS));
    }
    if (lacks(before, after, "provision", notes)) {
      unknown.addAll(
          List.of(Section.RUN_LISTS, Section.ATTRIBUTES, Section.BUNDLE, Section.ROOT_VOLUME));
    }
    boolean beforeIncomplete = incomplete(before, notes);
    boolean afterIncomplete = incomplete(after, notes);
    if (beforeIncomplete || afterIncomplete) {
      unknown.add(Section.CONTAINER_IMAGES);
    }
    BuildFacts old = BuildFacts.of(before);
    BuildFacts now = BuildFacts.of(after);
    List<Change> changes = new ArrayList<>();
    for (Section section : Section.values()) {
      boolean explained =
          section == Section.BUNDLE
              && changes.stream().map(Change::section).anyMatch(BUNDLED::contains);
      if (!unknown.contains(section) && !explained) {
        changes.addAll(changes(section, old.of(section), now.of(section)));
      }
    }
    return new BuildDifference(before, after, changes, notes);
  }

  private static Collection<Change> changes(
      Section section, SortedMap<String, String> before, SortedMap<String, String> after) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names.stream()
        .map(name -> new Change(section, name, before.get(name), after.get(name)))
        .filter(change -> !Objects.equals(change.before(), change.after()))
        .toList();
  }

  private static boolean lacks(
      BuildRecord before, BuildRecord after, String field, List<String> notes) {
    boolean lacking = false;
    for (BuildRecord record : List.of(before, after)) {
      boolean inventory = field.equals("inventory");
      if (inventory ? record.inventory() == null : record.manifest().path(field).isMissingNode()) {
        lacking = true;
        notes.add(
            inventory
                ? "Packages, container images and gems are not compared: the inventory of "
                    + record.buildId()
                    + " is not beside its manifest."
                : "Run lists and attributes are not compared: the manifest of "
                    + record.buildId()
                    + " was written before they were part of it.");
      }
    }
    return lacking;
  }

  private static boolean incomplete(BuildRecord record, List<String> notes) {
    boolean incomplete = !record.manifest().path("inventory").path("complete").asBoolean(true);
    if (incomplete) {
      notes.add(
          "Container images are not compared: Docker did not tell those of "
              + record.buildId()
              + ".");
    }
    return incomplete;
  }
}
