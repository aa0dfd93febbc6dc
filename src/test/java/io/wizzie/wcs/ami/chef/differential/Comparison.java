package io.wizzie.wcs.ami.chef.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where two convergences are not the same.
 *
 * @param differences one text each, without those of ignored paths
 * @param ignored how many paths differ and are ignored
 */
record Comparison(Convergence one, Convergence other, List<String> differences, int ignored) {
  private static final String UNCHANGED = "as before";
  private static final long LONGEST_SHOWN = 64 << 10;

  static Comparison of(Convergence one, Convergence other, IgnoredPaths ignoredPaths)
      throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    int ignored = 0;
    TreeSet<String> paths = new TreeSet<>(one.changes().keySet());
    paths.addAll(other.changes().keySet());
    for (String path : paths) {
      String first = one.changes().getOrDefault(path, UNCHANGED);
      String second = other.changes().getOrDefault(path, UNCHANGED);
      if (first.equals(second)
          || (GuestTree.sameButContent(first, second) && sameButName(one, other, path))) {
        continue;
      }
      if (ignoredPaths.contain(path, first, second)) {
        ignored++;
      } else {
        differences.add(path + ": " + first + " / " + second + text(one, other, path));
      }
    }
    for (int i = 0; i < one.runs().size(); i++) {
      if (!one.runs().get(i).equals(other.runs().get(i))) {
        differences.add("resources: " + one.runs().get(i) + " / " + other.runs().get(i));
      }
    }
    return new Comparison(one, other, differences, ignored);
  }

  /** Runs that were to update nothing, and did. */
  List<String> notIdempotent() {
    List<String> updating = new ArrayList<>();
    for (Convergence convergence : List.of(one, other)) {
      convergence.runs().stream()
          .filter(run -> run.name().endsWith("second") && run.updated() != 0)
          .forEach(run -> updating.add(convergence.version() + ": " + run));
    }
    return updating;
  }

  String report() {
    return ("%s / %s%n%d paths changed by the one, %d by the other; %d differences; %d more are ignored%n"
            + "%s%n%s%n")
        .formatted(
            one.version(),
            other.version(),
            one.changes().size(),
            other.changes().size(),
            differences.size(),
            ignored,
            one.runs(),
            String.join("\n", differences));
  }

  /**
   * Chef signs some of what it writes: "managed by Chef Infra Client", "managed by Cinc Client".
   */
  private static boolean sameButName(Convergence one, Convergence other, String path)
      throws IOException {
    Path first = one.contents().resolve(path.substring(1));
    Path second = other.contents().resolve(path.substring(1));
    return shown(first)
        && shown(second)
        && Files.readString(first, StandardCharsets.ISO_8859_1)
            .replace(one.product(), other.product())
            .equals(Files.readString(second, StandardCharsets.ISO_8859_1));
  }

  private static String text(Convergence one, Convergence other, String path)
      throws IOException, InterruptedException {
    Path first = one.contents().resolve(path.substring(1));
    Path second = other.contents().resolve(path.substring(1));
    if (!shown(first) || !shown(second)) {
      return "";
    }
    Process diff =
        new ProcessBuilder("diff", "-u", first.toString(), second.toString())
            .redirectErrorStream(true)
            .start();
    String lines = new String(diff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    diff.waitFor();
    return "\n" + lines.indent(4).stripTrailing();
  }

  private static boolean shown(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) <= LONGEST_SHOWN;
  }
}
