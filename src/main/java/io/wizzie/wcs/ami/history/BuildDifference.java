package io.wizzie.wcs.ami.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
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
    List<BuildRecord> both = List.of(before, after);
    if (note(
        both.stream().filter(record -> record.inventory() == null),
        "Packages, container images and gems are not compared: the inventory of %s is not beside"
            + " its manifest.",
        notes)) {
      unknown.addAll(List.of(Section.PACKAGES, Section.CONTAINER_IMAGES, Section.GEMS));
    }
    if (note(
        both.stream().filter(record -> record.manifest().path("provision").isMissingNode()),
        "Run lists and attributes are not compared: the manifest of %s was written before they"
            + " were part of it.",
        notes)) {
      unknown.addAll(
          List.of(Section.RUN_LISTS, Section.ATTRIBUTES, Section.BUNDLE, Section.ROOT_VOLUME));
    }
    if (note(
        both.stream().filter(BuildDifference::isIncomplete),
        "Container images are not compared: Docker did not tell those of %s.",
        notes)) {
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

  /** Notes what the builds lack; whether any does. */
  private static boolean note(Stream<BuildRecord> lacking, String text, List<String> notes) {
    return notes.addAll(lacking.map(record -> text.formatted(record.buildId())).toList());
  }

  private static boolean isIncomplete(BuildRecord record) {
    return !record.manifest().path("inventory").path("complete").asBoolean(true);
  }
}
