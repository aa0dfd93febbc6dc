package io.wizzie.wcs.ami.chef;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files of a cookbook stay out of the bundle: what its {@code chefignore} names, and version
 * control's own folders, which no cookbook needs and which may hold credentials.
 *
 * <p>The patterns are those of Ruby's {@code File.fnmatch?} without flags, which is what Chef calls
 * (lib/chef/cookbook/chefignore.rb): {@code *} matches across folders, a leading dot has to be
 * written out.
 */
final class ChefIgnore {
  private static final String FILE_NAME = "chefignore";
  private static final Set<String> VERSION_CONTROL = Set.of(".git", ".hg", ".svn", ".bzr");

  /** Leaves out nothing but version control's folders. */
  static final ChefIgnore NONE = new ChefIgnore(List.of());

  private final List<Pattern> patterns;

  private ChefIgnore(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * The rules for a cookbook: of the {@code chefignore} in its own folder, else in the folder of
   * cookbooks, else in the folder above (the repository's). Chef searches on up to the file
   * system's root; what lies outside of the repository has no say here.
   */
  static ChefIgnore of(Path cookbook) {
    Path folder = cookbook.toAbsolutePath();
    for (int level = 0; level < 3 && folder != null; level++) {
      Path file = folder.resolve(FILE_NAME);
      if (Files.isReadable(file) && Files.isRegularFile(file)) {
        return read(file);
      }
      folder = folder.getParent();
    }
    return NONE;
  }

  private static ChefIgnore read(Path file) {
    try {
      return new ChefIgnore(
          Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(ChefIgnore::fnmatch)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file, e);
    }
  }

  /**
   * Whether the file stays out.
   *
   * @param relative path below the cookbook's folder, separated by {@code /}
   */
  boolean leavesOut(String relative) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(relative).matches());
  }

  /** Whether nothing below the folder is ever looked at; {@code name} is its last name. */
  boolean prunes(String name, boolean atTop) {
    // Chef, too, skips dot folders at the top of a cookbook (cookbook_version_loader.rb).
    return VERSION_CONTROL.contains(name) || (atTop && name.startsWith("."));
  }

  private static Pattern fnmatch(String glob) {
    StringBuilder regex = new StringBuilder(glob.startsWith(".") ? "" : "(?!\\.)");
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        String set = glob.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = close;
      } else if (c == '\\' && i + 1 < glob.length()) {
        regex.append(Pattern.quote(String.valueOf(glob.charAt(++i))));
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
