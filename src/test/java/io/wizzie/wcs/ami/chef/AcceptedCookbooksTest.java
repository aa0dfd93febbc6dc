package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.config.BuildSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the bundle takes what Chef takes, and refuses the rest in words for people. */
class AcceptedCookbooksTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "depends 'gone' if RUBY_PLATFORM =~ /mswin/",
        "depends 'gone' unless true",
        "=begin\ndepends 'gone'\n=end",
        "__END__\ndepends 'gone'",
        "long_description <<~TEXT\n  Usage:\ndepends 'gone'\nTEXT",
        "long_description <<-'TEXT'.strip\ndepends 'gone'\n  TEXT",
        "long_description 'Usage:\ndepends \"gone\"\n'",
        "if ENV['CI']\n  depends 'gone'\nend",
        "if ENV['CI']\ndepends 'gone'\nend",
        "%w(a b).each do |name|\n  depends name\nend",
        "depends \"g#{1}ne\"",
        "depends 'two', VERSION_OF_TWO",
        "# depends 'gone'",
        "depends 'two', '~> 1.0' # depends 'gone'"
      })
  void judgesNoDependencyThatOnlyRubyKnows(String metadata) throws IOException {
    cookbook("one", "name 'one'\n" + metadata + "\n");
    cookbook("two", "name 'two'\nversion IO.read(File.join(__dir__, 'VERSION'))\n");

    assertThat(check("recipe[one]")).isEmpty();
  }

  @Test
  void comparesNoVersionThatIsComputed() throws IOException {
    cookbook("one", "name 'one'\ndepends 'two', '~> 1.2'\ndepends 'three', '~> 1.2'\n");
    cookbook("two", "name 'two'\nversion IO.read('VERSION')\n");
    cookbook("three", "name 'three'\nversion '1.2.0'\nversion '9.0.0' if ENV['X']\n");

    assertThat(check("recipe[one]")).isEmpty();
  }

  @Test
  void comparesVersionsThatAreLongerThanAnInt() throws IOException {
    cookbook("one", "name 'one'\ndepends 'two', '>= 20261127001501.0.0'\n");
    cookbook("two", "name 'two'\nversion '20261127001500.0.0'\n");

    assertThat(check("recipe[one]"))
        .singleElement()
        .asString()
        .endsWith("says version 20261127001500.0.0");
  }

  @Test
  void takesAByteOrderMarkBeforeRubyAndALatin1Comment() throws IOException {
    cookbook("one", "\uFEFFname 'one'\n");
    cookbook("two", "");
    Files.write(
        folder.resolve("cookbooks/two/metadata.rb"),
        "# von Jürgen\nname 'two'\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(check("recipe[one]", "recipe[two]")).isEmpty();
  }

  @Test
  void looksForDependenciesOnlyWhereARunListLeads() throws IOException {
    cookbook("one", "name 'one'\n");
    cookbook("other", "name 'other'\ndepends 'gone'\n");

    assertThat(check("recipe[one]")).isEmpty();
    assertThat(check("recipe[other]")).singleElement().asString().contains("depends on 'gone'");
  }

  @Test
  void takesFoldersWithoutMetadata() throws IOException {
    cookbook("one", "name 'one'\n");
    Files.createDirectories(folder.resolve("cookbooks/empty"));
    Files.writeString(
        Files.createDirectories(folder.resolve("cookbooks/docs")).resolve("README.md"), "#");
    Files.createDirectories(folder.resolve("cookbooks/bare/recipes"));
    Files.writeString(folder.resolve("cookbooks/bare/recipes/default.rb"), "");

    assertThat(check("recipe[one]", "recipe[bare]")).isEmpty();
    assertThat(check("recipe[docs]")).singleElement().asString().contains("no cookbook 'docs'");
  }

  @Test
  void takesAVersionInARunList() throws IOException {
    cookbook("one", "name 'one'\nversion '1.2.3'\n");

    assertThat(check("recipe[one@1.2.3]", "recipe[one::default@1.2.3]")).isEmpty();
    assertThat(check("recipe[one@9.9.9]"))
        .singleElement()
        .asString()
        .endsWith("metadata.rb says version 1.2.3");
  }

  @Test
  void readsTheRunListOfARoleAndNotItsDescription() throws IOException {
    cookbook("one", "name 'one'\n");
    Path roles = Files.createDirectories(folder.resolve("roles"));
    Files.writeString(
        roles.resolve("web.rb"),
        """
        name 'web'
        description 'instead of "recipe[gone]"'
        default_attributes 'note' => 'recipe[gone]'
        run_list(
          'recipe[one]', # 'recipe[gone]'
          "recipe[no]"
        )
        env_run_lists 'prod' => ['recipe[none]'], '_default' => []
        run_list 'recipe[gone]' if false
        """);

    assertThat(check(roles, null, "role[web]"))
        .hasSize(2)
        .anyMatch(text -> text.contains("no cookbook 'no'"))
        .anyMatch(text -> text.contains("no cookbook 'none'"));
  }

  @Test
  void takesCommentsAndRepeatedKeysInDataBags() throws IOException {
    cookbook("one", "name 'one'\n");
    bagItem(
        "// who\n{\"id\": \"ann\", /* old */ \"uid\": 1, \"uid\": 2}"
            .getBytes(StandardCharsets.UTF_8));

    assertThat(check(null, folder.resolve("bags"), "recipe[one]")).isEmpty();
  }

  @Test
  void saysInPlainWordsWhatCantBeRead() throws IOException {
    cookbook("one", "name 'one'\n");
    cookbook("latin", "");
    Files.write(
        folder.resolve("cookbooks/latin/metadata.rb"),
        "name 'latin'\nmaintainer 'Jürgen'\n".getBytes(StandardCharsets.ISO_8859_1));
    cookbook("json", "");
    Files.writeString(folder.resolve("cookbooks/json/metadata.json"), "{\"name\" \"json\"}");
    Files.write(
        folder.resolve("cookbooks/one/chefignore"), "*ü\n".getBytes(StandardCharsets.ISO_8859_1));
    bagItem("\uFEFF{\"id\": \"ann\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(check(null, folder.resolve("bags"), "recipe[one]", "recipe[latin]"))
        .containsExactlyInAnyOrder(
            folder.resolve("cookbooks/latin/metadata.rb")
                + ": provision.cookbookPaths: is not UTF-8 text; save it in that encoding",
            folder.resolve("cookbooks/json/metadata.json")
                + ":1: provision.cookbookPaths: is not JSON; look at column 9; correct it there or"
                + " just before",
            folder.resolve("cookbooks/one/chefignore")
                + ": provision.cookbookPaths: is not UTF-8 text; save it in that encoding",
            folder.resolve("bags/users/ann.json")
                + ":1: provision.dataBagsPath: begins with a byte order mark, which Chef takes for"
                + " no JSON; save it without one");
  }

  @Test
  void reportsTheSameFolderOfBothPhasesOnce() throws IOException {
    cookbook("one", "maintainer 'x'\n");
    List<Path> paths = List.of(folder.resolve("cookbooks"));
    BuildSpec spec =
        Specs.build(Specs.provision(paths, "recipe[one]"), Specs.bootstrap(paths, "recipe[one]"));

    assertThat(CookbookBundle.check(spec))
        .singleElement()
        .asString()
        .endsWith("says no name; write: name 'one'");
  }

  private void cookbook(String name, String metadata) throws IOException {
    Path cookbook = folder.resolve("cookbooks").resolve(name);
    Files.createDirectories(cookbook.resolve("recipes"));
    Files.writeString(cookbook.resolve("recipes/default.rb"), "");
    Files.writeString(cookbook.resolve("metadata.rb"), metadata);
  }

  private void bagItem(byte[] content) throws IOException {
    Path bag = Files.createDirectories(folder.resolve("bags/users"));
    Files.write(bag.resolve("ann.json"), content);
  }

  private List<String> check(String... runList) {
    return check(null, null, runList);
  }

  private List<String> check(@Nullable Path roles, @Nullable Path bags, String... runList) {
    Path boot = folder.resolve("boot/hello");
    try {
      Files.createDirectories(boot.resolve("recipes"));
      Files.writeString(boot.resolve("metadata.rb"), "name 'hello'\n");
      Files.writeString(boot.resolve("recipes/default.rb"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    BuildSpec spec =
        Specs.build(
            Specs.provision(
                List.of(folder.resolve("cookbooks")),
                roles,
                bags,
                null,
                null,
                null,
                Duration.ofMinutes(5),
                runList),
            Specs.bootstrap(List.of(folder.resolve("boot")), "recipe[hello]"));
    return CookbookBundle.check(spec).stream().map(Object::toString).toList();
  }
}
