package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.base.FileNames;
import io.wizzie.wcs.ami.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cookbooks of one phase, by name, each in the folder that it comes from.
 *
 * <p>A cookbook in a later folder replaces one of the same name in an earlier one. It is decided
 * here, and only the winner is bundled, because Chef's modes disagree: the legacy loader lets the
 * last win, local mode the first (lib/chef/chef_fs/file_system/multiplexed_dir.rb).
 */
final class CookbookFolders {
  // Chef's own rule, less names that start with a dot: the name becomes a folder in the guest.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  /** Makes a folder a cookbook though it has no metadata: local mode names it by the folder. */
  private static final List<String> PARTS =
      List.of("recipes", "recipe.rb", "attributes", "resources", "libraries", "files", "templates");

  private final ProblemReporter problems;
  private final List<NavigableMap<String, Cookbook>> folders = new ArrayList<>();
  private boolean complete = true;
  private boolean allNamed = true;

  private CookbookFolders(ProblemReporter problems) {
    this.problems = problems;
  }

  /**
   * @param field the configuration's field that names them, for problems
   */
  static CookbookFolders read(List<Path> paths, String field, Consumer<Problem> problems) {
    CookbookFolders result = new CookbookFolders(new ProblemReporter(field, problems));
    for (Path path : paths) {
      NavigableMap<String, Cookbook> folder = result.folder(path);
      result.folders.forEach(earlier -> earlier.keySet().removeAll(folder.keySet()));
      result.folders.add(folder);
    }
    return result;
  }

  /** Whether there were folders and each could be read; else any cookbook may be missing. */
  boolean complete() {
    return complete && !folders.isEmpty();
  }

  /**
   * Whether every cookbook's name is known; else one that is not found may be one whose metadata
   * can't be read, which is a problem already, or computes its name, which is none.
   */
  boolean allNamed() {
    return allNamed;
  }

  /** One map for each folder, in their order; replaced cookbooks are in none. */
  List<NavigableMap<String, Cookbook>> folders() {
    return folders;
  }

  /** All cookbooks, by name. */
  NavigableMap<String, Cookbook> all() {
    NavigableMap<String, Cookbook> all = new TreeMap<>();
    folders.forEach(all::putAll);
    return all;
  }

  /** Checks the dependencies of those cookbooks, and theirs; Chef looks at no others. */
  void checkDependencies(Set<String> names) {
    NavigableMap<String, Cookbook> all = all();
    Deque<String> open = new ArrayDeque<>(names);
    Set<String> seen = new HashSet<>(names);
    while (!open.isEmpty()) {
      Cookbook cookbook = all.get(open.pop());
      if (cookbook != null) {
        new TreeMap<>(cookbook.depends())
            .forEach(
                (name, constraint) -> {
                  checkDependency(cookbook, name, constraint, all);
                  if (seen.add(name)) {
                    open.add(name);
                  }
                });
      }
    }
  }

  private void checkDependency(
      Cookbook cookbook, String name, String constraint, NavigableMap<String, Cookbook> all) {
    Cookbook other = all.get(name);
    String problem = "cookbook '" + cookbook.name() + "' depends on '" + name + "'";
    if (other == null && allNamed) {
      problems.report(
          cookbook.metadataFile(),
          problem + ", which is not among the cookbooks" + Suggestion.of(name, all.keySet()));
    } else if (other != null && !VersionConstraint.admits(constraint, other.version())) {
      problems.report(
          cookbook.metadataFile(),
          String.format(
              "%s %s, but %s says version %s",
              problem, constraint, other.metadataFile(), other.version()));
    }
  }

  private NavigableMap<String, Cookbook> folder(Path path) {
    NavigableMap<String, Cookbook> found = new TreeMap<>();
    if (!Files.isDirectory(path)) {
      complete = false;
      problems.report(path, Files.exists(path) ? "is not a folder" : "does not exist");
      return found;
    }
    Map<String, Path> places = new LinkedHashMap<>();
    for (Path child : children(path)) {
      if (!Files.isDirectory(child) || child.getFileName().toString().startsWith(".")) {
        continue;
      }
      read(path, child)
          .ifPresent(
              cookbook -> {
                Path twin = places.putIfAbsent(cookbook.name(), child);
                if (twin == null) {
                  found.put(cookbook.name(), cookbook);
                } else {
                  problems.report(
                      child,
                      "has the name '"
                          + cookbook.name()
                          + "', as "
                          + FileNames.shown(twin)
                          + " has; rename one");
                }
              });
    }
    return found;
  }

  private List<Path> children(Path path) {
    try (Stream<Path> children = Files.list(path)) {
      return children.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      complete = false;
      problems.report(path, SourceFile.reason(e));
      return List.of();
    }
  }

  private Optional<Cookbook> read(Path boundary, Path folder) {
    CookbookMetadata metadata;
    try {
      metadata = CookbookMetadata.read(folder).orElse(null);
    } catch (UnreadableFileException e) {
      allNamed = false;
      problems.unreadable(CookbookMetadata.file(folder), e);
      return Optional.empty();
    }
    if (metadata == null && PARTS.stream().noneMatch(part -> Files.exists(folder.resolve(part)))) {
      return Optional.empty();
    }
    String name = metadata == null ? null : metadata.name();
    if (name == null) {
      allNamed &= metadata == null;
      name = FileNames.last(folder).orElse("");
    }
    if (!NAME.matcher(name).matches()) {
      allNamed = false;
      problems.report(metadata == null ? folder : metadata.file(), nameProblem(name, folder));
      return Optional.empty();
    }
    return Optional.of(
        new Cookbook(
            name,
            metadata == null ? null : metadata.version(),
            metadata == null ? Map.of() : metadata.depends(),
            FileNames.shown(metadata == null ? folder : metadata.file()),
            FileTree.list(folder, boundary, ChefIgnore.of(folder, problems), problems)));
  }

  private static String nameProblem(String name, Path folder) {
    return name.isEmpty()
        ? "says no name; write: name '" + FileNames.shown(folder.getFileName()) + "'"
        : "has the name '" + name + "'; letters, digits, '_', '-' and '.' are allowed";
  }
}
