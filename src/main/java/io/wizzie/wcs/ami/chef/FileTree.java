package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.base.FileNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files below a folder, as they go into the bundle.
 *
 * <p>A symbolic link is followed, so that the bundle has none, but only while its target lies
 * inside the folder that the user named: whoever can write a cookbook must not be able to put
 * {@code ~/.ssh} or {@code /etc/shadow} of the build machine into a public image.
 */
final class FileTree {
  /**
   * A file.
   *
   * @param relative its path below the folder, separated by {@code /}
   * @param source where its content is
   */
  record Entry(String relative, Path source, boolean executable) {}

  private final Path realRoot;
  private final ChefIgnore ignore;
  private final ProblemReporter problems;
  private final List<Entry> entries = new ArrayList<>();
  private final Deque<Path> open = new ArrayDeque<>();

  private FileTree(Path realRoot, ChefIgnore ignore, ProblemReporter problems) {
    this.realRoot = realRoot;
    this.ignore = ignore;
    this.problems = problems;
  }

  /**
   * Lists the files below {@code folder}, sorted by path.
   *
   * @param boundary the folder that links may point into
   */
  static List<Entry> list(Path folder, Path boundary, ChefIgnore ignore, ProblemReporter problems) {
    try {
      FileTree tree = new FileTree(boundary.toRealPath(), ignore, problems);
      if (tree.isInside(folder)) {
        tree.enter(folder, "");
      }
      tree.entries.sort(Comparator.comparing(Entry::relative));
      return tree.entries;
    } catch (IOException | UncheckedIOException e) {
      problems.report(folder, SourceFile.reason(e));
      return List.of();
    }
  }

  private void enter(Path folder, String prefix) throws IOException {
    Path real = folder.toRealPath();
    if (open.contains(real)) {
      problem(folder, "is a link to a folder that it lies in; remove it");
      return;
    }
    open.push(real);
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.sorted().toList()) {
        visit(child, prefix);
      }
    }
    open.pop();
  }

  private void visit(Path path, String prefix) throws IOException {
    String name = FileNames.last(path).orElse(null);
    if (name == null) {
      problem(
          path,
          "has a name that is not UTF-8, which would not be the same in the guest; rename it");
      return;
    }
    String relative = prefix + name;
    if (name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
      problem(path, "has a line end in its name; rename it");
    } else if (Files.isDirectory(path)) {
      if (!ignore.prunes(name, prefix.isEmpty()) && isInside(path)) {
        enter(path, relative + "/");
      }
    } else if (!ignore.leavesOut(relative) && isInside(path)) {
      addFile(path, relative);
    }
  }

  private void addFile(Path path, String relative) throws IOException {
    if (!Files.isRegularFile(path)) {
      problem(path, "is neither a file nor a folder; remove it");
    } else if (!Files.isReadable(path)) {
      problem(path, "can't be read by the user who runs this program; correct its permissions");
    } else {
      // What it is now is what was looked at: it is read without following links again.
      entries.add(new Entry(relative, path.toRealPath(), Files.isExecutable(path)));
    }
  }

  /** Whether the path, links followed, lies inside the boundary; a problem if it does not. */
  private boolean isInside(Path path) throws IOException {
    if (!Files.exists(path)) {
      problem(path, "is a link to a file that does not exist; remove it");
      return false;
    }
    Path target = path.toRealPath();
    if (!target.startsWith(realRoot)) {
      problem(
          path,
          "is a link to "
              + FileNames.shown(target)
              + ", outside of "
              + FileNames.shown(realRoot)
              + "; put a copy there instead");
      return false;
    }
    return true;
  }

  private void problem(Path path, String message) {
    problems.report(path, message);
  }
}
