package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wizzie.wcs.ami.base.FileNames;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.Problem;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles the same cookbooks in Java processes of several locales. */
class BundleLocaleTest {
  @TempDir Path folder;

  /** What the process runs: prints the problems, or else the bundle's digest. */
  static final class Bundling {
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      List<Path> paths = List.of(FileNames.resolve(folder, "köche"));
      BuildSpec spec =
          Specs.build(Specs.provision(paths, "recipe[one]"), Specs.bootstrap(paths, "recipe[one]"));
      List<Problem> problems = CookbookBundle.check(spec);
      new PrintStream(System.out, true, StandardCharsets.UTF_8)
          .println(problems.isEmpty() ? CookbookBundle.write(spec, folder).sha256() : problems);
    }
  }

  @BeforeEach
  void writeACookbook() throws Exception {
    Path cookbook = FileNames.resolve(folder, "köche/bücher");
    Files.createDirectories(cookbook.resolve("recipes"));
    Files.createDirectories(FileNames.resolve(cookbook, "files/größe"));
    Files.writeString(cookbook.resolve("metadata.rb"), "name 'one'\n");
    Files.writeString(cookbook.resolve("recipes/default.rb"), "");
    Files.writeString(FileNames.resolve(cookbook, "files/größe/ü.txt"), "ü");
    Files.writeString(FileNames.resolve(cookbook, "files/größe/日本.txt"), "");
    Files.writeString(FileNames.resolve(cookbook, "files/é~"), "");
    Files.writeString(cookbook.resolve("chefignore"), "files/é?\n");
  }

  @Test
  void theBundleIsTheSameInEveryLocale() throws Exception {
    String digest = bundle("C.UTF-8");

    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(sh("tar -tzf " + folder.resolve("cookbooks.tar.gz") + " --quoting-style=literal"))
        .contains("provision/cookbooks-0/one/files/größe/ü.txt", "/größe/日本.txt")
        .doesNotContain("~");
    assertThat(List.of(bundle("C"), bundle("POSIX"))).containsOnly(digest);
  }

  @Test
  void aNameThatIsNotUtf8IsRefusedInEveryLocale() throws Exception {
    sh("cd " + folder + "/k*/b*/files && touch \"$(printf 'caf\\351.txt')\"");

    for (String locale : List.of("C.UTF-8", "C")) {
      assertThat(bundle(locale))
          .isEqualTo(
              "["
                  + folder
                  + "/köche/bücher/files/caf\uFFFD.txt: provision.cookbookPaths: has a name that is"
                  + " not UTF-8, which would not be the same in the guest; rename it]");
    }
  }

  private String bundle(String locale) throws Exception {
    String classPath =
        Stream.of(
                CookbookBundle.class,
                BundleLocaleTest.class,
                ObjectMapper.class,
                JsonFactory.class,
                JsonProperty.class,
                Nullable.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .distinct()
            .collect(Collectors.joining(":"));
    return output(
        locale,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        classPath,
        Bundling.class.getName(),
        folder.toString());
  }

  private static String sh(String script) throws Exception {
    return output("C.UTF-8", "sh", "-c", script);
  }

  private static String output(String locale, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", locale);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }
}
