package io.wizzie.wcs.ami.chef.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where two convergences are not the same.
 *
 * @param differences one text each, without those of ignored paths
 * @param ignored how many paths differ and are ignored
 */
record Comparison(Convergence one, Convergence other, List<String> differences, int ignored) {
  private static final long LONGEST_SHOWN = 64 << 10;

  static Comparison of(Convergence one, Convergence other, IgnoredPaths ignoredPaths)
      throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    int ignored = 0;
    for (var path : GuestTree.differing(one.changes(), other.changes()).entrySet()) {
      if (ignoredPaths.contain(path.getKey())) {
        ignored++;
      } else {
        differences.add(path.getKey() + ": " + path.getValue() + text(one, other, path.getKey()));
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
    return "%s / %s%n%d paths changed by the one, %d by the other; %d differ, %d more are ignored%n%s%n%s%n"
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
