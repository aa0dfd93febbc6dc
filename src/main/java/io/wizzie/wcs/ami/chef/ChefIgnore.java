package io.wizzie.wcs.ami.chef;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The files of a cookbook that stay out of the bundle: what its {@code chefignore} names
 * (lib/chef/cookbook/chefignore.rb), and version control's own folders, which no cookbook needs and
 * which may hold credentials.
 */
final class ChefIgnore {
  private static final String FILE_NAME = "chefignore";
  private static final Set<String> VERSION_CONTROL = Set.of(".git", ".hg", ".svn", ".bzr");

  /** Leaves out nothing but version control's folders. */
  static final ChefIgnore NONE = new ChefIgnore(List.of());

  private final List<Fnmatch> patterns;

  private ChefIgnore(List<Fnmatch> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * The rules for a cookbook: of the {@code chefignore} in its own folder, else in the folder of
   * cookbooks, else in the folder above (the repository's). Chef searches on up to the file
   * system's root; what lies outside of the repository has no say here.
   */
  static ChefIgnore of(Path cookbook, ProblemReporter problems) {
    Path folder = cookbook.toAbsolutePath();
    for (int level = 0; level < 3 && folder != null; level++) {
      Path file = folder.resolve(FILE_NAME);
      if (Files.isReadable(file) && Files.isRegularFile(file)) {
        try {
          return read(file);
        } catch (UnreadableFileException e) {
          problems.unreadable(file, e);
          return NONE;
        }
      }
      folder = folder.getParent();
    }
    return NONE;
  }

  private static ChefIgnore read(Path file) throws UnreadableFileException {
    return new ChefIgnore(
        SourceFile.text(file)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(Fnmatch::new)
            .toList());
  }

  /**
   * @param relative path below the cookbook's folder, separated by {@code /}
   */
  boolean leavesOut(String relative) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(relative));
  }

  /** Whether nothing below the folder is ever looked at; {@code name} is its last name. */
  boolean prunes(String name, boolean atTop) {
    // Chef, too, skips dot folders at the top of a cookbook (cookbook_version_loader.rb).
    return VERSION_CONTROL.contains(name) || (atTop && name.startsWith("."));
  }
}
