package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
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

  private final String field;
  private final Consumer<Problem> problems;
  private final List<NavigableMap<String, Cookbook>> folders = new ArrayList<>();
  private boolean complete = true;

  private CookbookFolders(String field, Consumer<Problem> problems) {
    this.field = field;
    this.problems = problems;
  }

  /**
   * Reads the folders.
   *
   * @param field the configuration's field that names them, for problems
   */
  static CookbookFolders read(List<Path> paths, String field, Consumer<Problem> problems) {
    CookbookFolders result = new CookbookFolders(field, problems);
    for (Path path : paths) {
      NavigableMap<String, Cookbook> folder = result.folder(path);
      result.folders.forEach(earlier -> earlier.keySet().removeAll(folder.keySet()));
      result.folders.add(folder);
    }
    if (result.complete) {
      result.checkDependencies();
    }
    return result;
  }

  /** Whether there were folders and each could be read; else any cookbook may be missing. */
  boolean complete() {
    return complete && !folders.isEmpty();
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

  private NavigableMap<String, Cookbook> folder(Path path) {
    NavigableMap<String, Cookbook> found = new TreeMap<>();
    if (!Files.isDirectory(path)) {
      complete = false;
      problem(path, Files.exists(path) ? "is not a folder" : "does not exist");
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
                  problem(
                      child,
                      "has the name '" + cookbook.name() + "', as " + twin + " has; rename one");
                }
              });
    }
    return found;
  }

  private List<Path> children(Path path) {
    try (Stream<Path> children = Files.list(path)) {
      return children.sorted().toList();
    } catch (IOException e) {
      complete = false;
      problem(path, "can't be read: " + e.getMessage());
      return List.of();
    }
  }

  private Optional<Cookbook> read(Path boundary, Path folder) {
    try {
      CookbookMetadata metadata = CookbookMetadata.read(folder).orElse(null);
      if (metadata == null) {
        problem(folder, "has neither a metadata.rb nor a metadata.json, so it is no cookbook");
        return Optional.empty();
      }
      if (metadata.name() == null) {
        problem(
            metadata.file(),
            "says no name; write: name '" + folder.getFileName() + "' (as a literal)");
        return Optional.empty();
      }
      if (!NAME.matcher(metadata.name()).matches()) {
        problem(
            metadata.file(),
            "has the name '"
                + metadata.name()
                + "'; letters, digits, '_', '-' and '.' are allowed");
        return Optional.empty();
      }
      return Optional.of(
          new Cookbook(
              metadata.name(),
              metadata.version(),
              metadata.depends(),
              metadata.file().toString(),
              FileTree.list(folder, boundary, ChefIgnore.of(folder), field, problems)));
    } catch (IOException e) {
      problem(folder, "has metadata that can't be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void checkDependencies() {
    NavigableMap<String, Cookbook> all = all();
    for (Cookbook cookbook : all.values()) {
      cookbook
          .depends()
          .forEach(
              (name, constraint) -> {
                Cookbook other = all.get(name);
                if (other == null) {
                  dependencyProblem(
                      cookbook,
                      "depends on '"
                          + name
                          + "', which is not among the cookbooks"
                          + Suggestion.of(name, all.keySet()));
                } else if (!VersionConstraint.admits(constraint, other.version())) {
                  dependencyProblem(
                      cookbook,
                      String.format(
                          "depends on '%s' %s, but %s says version %s",
                          name, constraint, other.metadataFile(), other.version()));
                }
              });
    }
  }

  private void dependencyProblem(Cookbook cookbook, String message) {
    problems.accept(
        new Problem(
            cookbook.metadataFile(), field, "cookbook '" + cookbook.name() + "' " + message));
  }

  private void problem(Path where, String message) {
    problems.accept(new Problem(where.toString(), field, message));
  }
}
