package io.wizzie.wcs.ami.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM that runs the program in tests. The classes of a build are archived once (class data
 * sharing, JEP 350): with that, a start takes half of the processor time, and there are hundreds.
 */
final class Jvm {
  static final Path JAR =
      Path.of(System.getProperty("wcs-ami.jar", "target/wcs-ami.jar")).toAbsolutePath();

  private static final Path ARCHIVE = JAR.resolveSibling("wcs-ami.jsa");
  private static boolean archived;

  private Jvm() {}

  /** The program's command without its arguments. */
  static List<String> command() {
    archive();
    return command("-XX:SharedArchiveFile=" + ARCHIVE);
  }

  /** Archives what a whole build loads, unless that was done of this very jar. */
  private static synchronized void archive() {
    if (archived) {
      return;
    }
    archived = true;
    try {
      if (!Files.exists(ARCHIVE)
          || Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) < 0) {
        Files.deleteIfExists(ARCHIVE);
        try (Workplace place = Workplace.open()) {
          place.runBy(command("-XX:ArchiveClassesAtExit=" + ARCHIVE), Workplace.trial());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(String option) {
    return new ArrayList<>(
        List.of(
            // Whoever runs the tests in the background may have had SIGINT ignored.
            "env",
            "--default-signal=INT,TERM,HUP",
            "java",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            // What the JVM says of an archive would be on the program's stdout.
            "-Xlog:disable",
            option,
            "-jar",
            JAR.toString()));
  }
}
