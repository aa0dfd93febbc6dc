package io.wizzie.wcs.ami.cli.report;

import io.wizzie.wcs.ami.ssh.ShellWords;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of this program that work when they are copied from a message: by the jar that
 * runs, as nothing called {@code wcs-ami} need be on the PATH.
 */
public final class Invocation {
  private Invocation() {}

  /** The command with its options, quoted for a shell. */
  public static String of(List<String> command, List<String> options) {
    CodeSource source = Invocation.class.getProtectionDomain().getCodeSource();
    List<String> words =
        new ArrayList<>(
            program(
                source == null ? "" : source.getLocation().toString(),
                Path.of("").toAbsolutePath()));
    words.addAll(command);
    words.addAll(options);
    return ShellWords.join(words);
  }

  /**
   * The program's own name stands where it does not run from a jar, which only its tests do.
   *
   * @param source URL of the code
   * @param folder the working folder; a jar below it is named from there
   */
  static List<String> program(String source, Path folder) {
    if (!source.startsWith("file:") || !source.endsWith(".jar")) {
      return List.of("wcs-ami");
    }
    Path jar = Path.of(URI.create(source));
    Path shown = jar.startsWith(folder) ? folder.relativize(jar) : jar;
    return List.of("java", "-jar", shown.toString());
  }
}
