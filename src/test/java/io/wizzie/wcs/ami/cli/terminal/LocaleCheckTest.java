package io.wizzie.wcs.ami.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.FileNames;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocaleCheckTest {
  private static final Path FOLDER = Path.of("/work");

  @Test
  void takesWhatTheLocaleRepresents() {
    assertThat(LocaleCheck.problem(line("bücher.json"), 1, FOLDER, true)).isEmpty();
    assertThat(LocaleCheck.problem(line("books.json"), 1, FOLDER, false)).isEmpty();
    assertThat(LocaleCheck.problem(line("bücher.jar", "validate"), 1, FOLDER, false)).isEmpty();
    assertThat(LocaleCheck.problem(line(), 0, FOLDER, false)).isEmpty();
    assertThat(LocaleCheck.problem(new byte[0], 1, FOLDER, false)).isEmpty();
  }

  @Test
  void refusesAnArgumentThatTheLocaleCantRepresent() {
    assertThat(LocaleCheck.problem(line("validate", "--config", "bücher.json"), 3, FOLDER, false))
        .contains("The argument 'bücher.json' can't be read in this locale; set LC_ALL=C.UTF-8.");
  }

  @Test
  void refusesAnArgumentThatIsNotUtf8() {
    byte[] latin = "java\0b\u00fccher\0".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(LocaleCheck.problem(latin, 1, FOLDER, true))
        .contains("The argument 'b\uFFFDcher' is not UTF-8; rename what it names.");
  }

  @Test
  void refusesAWorkingFolderThatTheLocaleCantRepresent() {
    Path folder = FileNames.resolve(Path.of("/home"), "jürgen");

    assertThat(LocaleCheck.problem(line("validate"), 1, folder, true)).isEmpty();
    assertThat(LocaleCheck.problem(line("validate"), 1, folder, false))
        .contains(
            "The working folder /home/jürgen can't be read in this locale; set LC_ALL=C.UTF-8.");
  }

  private static byte[] line(String... words) {
    Charset utf8 = StandardCharsets.UTF_8;
    return ("java\0" + String.join("\0", words) + (words.length == 0 ? "" : "\0")).getBytes(utf8);
  }
}
