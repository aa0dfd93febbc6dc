package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Builds that meet trouble, and other commands that call EC2. Whatever happens, the exit code tells
 * the truth, and after {@code clean} nothing is left but what was handed out. What came of them is
 * written as a table.
 */
final class Matrix {
  private final String title;
  private final Path file;
  private final List<Row> rows = new ArrayList<>();

  Matrix(String title, Path file) {
    this.title = title;
    this.file = file;
  }

  /**
   * A build that has ended.
   *
   * @param wrong what is known to be wrong with it
   */
  record Case(String what, Ended build, Ends rightEnds, List<String> wrong) {}

  /**
   * What came of a build.
   *
   * @param left what {@code clean} had left though it should not have; empty when nothing
   */
  private record Row(
      String what,
      int exitCode,
      boolean right,
      String cleaned,
      String left,
      Duration took,
      String said) {}

  /** Judges a build by what it printed and what is there. */
  void judge(Case one, Workplace workplace) {
    Ended build = one.build();
    String[] handedOut = build.stdout().lines().toArray(String[]::new);
    boolean fits =
        switch (build.exitCode()) {
          case 0 -> handedOut.length == 1;
          case 1, 2 -> handedOut.length == 0;
          default -> true;
        };
    judge(one, workplace, fits && isHonest(build, workplace, handedOut), handedOut);
  }

  /**
   * Cleans, adds the row to the table, and then fails if anything is not as it should be.
   *
   * @param truthful whether the exit code fits what is there
   * @param images that are there to stay
   */
  void judge(Case one, Workplace workplace, boolean truthful, String... images) {
    Ended build = one.build();
    boolean honest = truthful && one.rightEnds().include(build.exitCode());
    Ended clean = workplace.run("clean", "--region", "local");
    String left = difference(workplace, images);
    add(
        new Row(
            one.what(),
            build.exitCode(),
            honest && one.wrong().isEmpty(),
            clean.exitCode() == 0 ? "yes" : "no",
            left,
            build.took(),
            one.wrong().isEmpty() ? reason(build) : String.join("; ", one.wrong())));

    assertThat(one.wrong()).as("wrong with%n%s", build.stderr()).isEmpty();
    assertThat(honest).as("exit code %d, of%n%s", build.exitCode(), build.stderr()).isTrue();
    clean.requireSuccess();
    assertThat(left).as("left after clean, which said%n%s", clean.stderr()).isEmpty();
  }

  /** Whether the exit code fits what is there, of a command that removes what it creates. */
  static boolean isHonest(Ended build, Workplace workplace, String... images) {
    boolean nothingMore = difference(workplace, images).isEmpty();
    return switch (build.exitCode()) {
      case 0 -> nothingMore;
      case 1, 2 -> nothingMore && !reason(build).isEmpty();
      case 3 -> !nothingMore && build.stderr().contains("eft behind");
      default -> false;
    };
  }

  /** The first line of the failure; empty when there is none. */
  private static String reason(Ended build) {
    return build
        .stderr()
        .lines()
        .filter(line -> line.startsWith("wcs-ami: "))
        .filter(line -> !line.startsWith("wcs-ami: warning: "))
        .findFirst()
        .orElse("");
  }

  /** What the region has besides the images; empty when there is nothing. */
  static String difference(Workplace workplace, String... imageIds) {
    try (RegionView region = workplace.region()) {
      region.requireNothingBut(imageIds);
      return "";
    } catch (AssertionError different) {
      return String.valueOf(different.getMessage());
    }
  }

  /** After every row, so that a run that is broken off has its table too. */
  private synchronized void add(Row added) {
    rows.add(added);
    StringBuilder text = new StringBuilder("# " + title + "\n\n");
    long wrong = rows.stream().filter(row -> !row.right()).count();
    long leaks = rows.stream().filter(row -> !row.left().isEmpty()).count();
    text.append(
        "%d cases, %d wrong exit codes, %d leaks after `clean`.%n%n"
            .formatted(rows.size(), wrong, leaks));
    text.append("| what | exit code | right | clean | leaks | seconds | what it said |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    rows.stream()
        .sorted(Comparator.comparing(Row::what))
        .forEach(
            row ->
                text.append(
                    "| %s | %d | %s | %s | %s | %d | %s |%n"
                        .formatted(
                            row.what(),
                            row.exitCode(),
                            row.right() ? "yes" : "**no**",
                            row.cleaned(),
                            row.left().isEmpty() ? "none" : "**some**",
                            row.took().toSeconds(),
                            row.said().replaceAll("[|\\n]", " "))));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
