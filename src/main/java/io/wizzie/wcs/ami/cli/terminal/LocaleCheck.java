package io.wizzie.wcs.ami.cli.terminal;

import io.wizzie.wcs.ami.base.FileNames;
import io.wizzie.wcs.ami.base.Utf8;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Refuses what Java could only read with other letters than those written: arguments that the
 * locale can't represent, and a working folder of such a name. JDK 17 replaces them silently.
 */
public final class LocaleCheck {
  private static final String REMEDY = " can't be read in this locale; set LC_ALL=C.UTF-8.";

  private LocaleCheck() {}

  /** The problem with this process's last arguments, or its working folder. */
  public static Optional<String> problem(int arguments) {
    try {
      boolean utf8 = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
      byte[] commandLine = Files.readAllBytes(Path.of("/proc/self/cmdline"));
      Path folder = Files.readSymbolicLink(Path.of("/proc/self/cwd"));
      return problem(commandLine, arguments, folder, utf8);
    } catch (IOException e) {
      // Not Linux, or no /proc: nobody can tell.
      return Optional.empty();
    }
  }

  /**
   * The problem, if there is one.
   *
   * @param commandLine each word ended by NUL (proc(5))
   * @param arguments how many of the last words are the program's
   * @param utf8 whether the locale reads UTF-8
   */
  static Optional<String> problem(byte[] commandLine, int arguments, Path folder, boolean utf8) {
    // One character a byte.
    String[] words = new String(commandLine, StandardCharsets.ISO_8859_1).split("\0", -1);
    int end = words.length - 1;
    List<String> own = Arrays.asList(words).subList(Math.max(0, end - arguments), Math.max(0, end));
    for (String word : own) {
      byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
      String argument = "The argument '" + new String(bytes, StandardCharsets.UTF_8) + "'";
      if (!isUtf8(bytes)) {
        return Optional.of(argument + " is not UTF-8; rename what it names.");
      }
      if (!utf8 && !Utf8.isAscii(word)) {
        return Optional.of(argument + REMEDY);
      }
    }
    String name = FileNames.shown(folder);
    return utf8 || Utf8.isAscii(name)
        ? Optional.empty()
        : Optional.of("The working folder " + name + REMEDY);
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      var unused = Utf8.decode(bytes);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
