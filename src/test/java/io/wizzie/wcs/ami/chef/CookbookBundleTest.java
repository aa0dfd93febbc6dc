package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.InvalidSpecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CookbookBundleTest {
  @TempDir Path folder;

  private Path cookbooks;

  @BeforeEach
  void writeCookbooks() throws IOException {
    cookbooks = folder.resolve("cookbooks");
    cookbook(cookbooks, "one", "depends 'two', '~> 1.0'\n", "default", "extra");
    cookbook(cookbooks, "two", "", "default");
  }

  @Test
  void findsNothingWrongWithGoodCookbooks() {
    assertThat(check("recipe[one]", "recipe[one::extra]", "two", "recipe[two@1.2.3]")).isEmpty();
  }

  @Test
  void namesMissingRecipesAndCookbooksWithTheNearest() {
    assertThat(check("recipe[one::extar]", "recipe[tow]", "Recipe[one]"))
        .containsExactly(
            "configuration: provision.runList[0]: recipe[one::extar]: cookbook 'one' has no recipe"
                + " 'extar'; did you mean \"recipe[one::extra]\"?",
            "configuration: provision.runList[1]: recipe[tow]: there is no cookbook 'tow'; did you"
                + " mean \"recipe[two]\"?",
            "configuration: provision.runList[2]: 'Recipe[one]' is no run list item; write"
                + " recipe[…] or role[…]");
  }

  @Test
  void followsRolesOfRolesInJsonAndRuby() throws IOException {
    Path roles = Files.createDirectories(folder.resolve("roles"));
    Files.writeString(
        roles.resolve("web.json"),
        "{\"name\": \"web\", \"run_list\": [\"role[base]\"], \"env_run_lists\": {\"x\":"
            + " [\"recipe[missing]\"]}}");
    Files.writeString(
        roles.resolve("base.rb"),
        "name 'base'\n# run_list 'recipe[commented]'\nrun_list 'role[web]', \"recipe[one::no]\"\n");

    assertThat(check(roles, null, null, null, null, "role[web]", "role[wev]"))
        .containsExactlyInAnyOrder(
            roles
                + "/base.rb: provision.runList[0]: recipe[one::no]: cookbook 'one' has no recipe"
                + " 'no'; did you mean \"recipe[one]\"?",
            roles
                + "/web.json: provision.runList[0]: recipe[missing]: there is no cookbook"
                + " 'missing'; there are recipe[one], recipe[one::extra], recipe[two]",
            "configuration: provision.runList[1]: role[wev]: there is no role 'wev'; did you mean"
                + " \"web\"?");
  }

  @Test
  void reportsDependenciesThatAreMissingOrOfTheWrongVersion() throws IOException {
    cookbook(cookbooks, "three", "depends 'twoo'\ndepends \"two\", \">= 2.0\"\n", "default");

    assertThat(check("recipe[three]"))
        .containsExactlyInAnyOrder(
            cookbooks
                + "/three/metadata.rb: provision.cookbookPaths: cookbook 'three' depends on 'twoo',"
                + " which is not among the cookbooks; did you mean \"two\"?",
            cookbooks
                + "/three/metadata.rb: provision.cookbookPaths: cookbook 'three' depends on 'two'"
                + " >= 2.0, but "
                + cookbooks
                + "/two/metadata.rb says version 1.2.3");
  }

  @Test
  void reportsNamesThatAreMissingDoubleOrEscape() throws IOException {
    Files.createDirectories(cookbooks.resolve("nameless"));
    Files.writeString(cookbooks.resolve("nameless/metadata.rb"), "maintainer 'x'\n");
    Files.createDirectories(cookbooks.resolve("twin"));
    Files.writeString(cookbooks.resolve("twin/metadata.rb"), "name 'one'\n");
    Files.createDirectories(cookbooks.resolve("up"));
    Files.writeString(cookbooks.resolve("up/metadata.rb"), "name '../../etc'\n");

    assertThat(check("recipe[one]"))
        .hasSize(3)
        .anyMatch(text -> text.contains("/nameless/metadata.rb: ") && text.contains("says no name"))
        .anyMatch(text -> text.contains("/twin: ") && text.contains("has the name 'one', as "))
        .anyMatch(text -> text.contains("/up/metadata.rb: ") && text.contains("'../../etc'"));
  }

  @Test
  void reportsFoldersThatDoNotExist() {
    BuildSpec spec =
        Specs.build(
            Specs.provision(List.of(folder.resolve("gone")), "recipe[one]"),
            Specs.bootstrap(List.of(cookbooks), "recipe[one]"));

    assertThat(messages(spec))
        .contains(folder.resolve("gone") + ": provision.cookbookPaths: does not exist");
  }

  @Test
  void refusesLinksThatLeadOutOfTheFolder() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Files.createSymbolicLink(cookbooks.resolve("one/files"), Path.of("/etc"));
    Files.createSymbolicLink(cookbooks.resolve("one/link"), secret);
    Files.createSymbolicLink(cookbooks.resolve("one/gone"), Path.of("nowhere"));
    Files.createSymbolicLink(cookbooks.resolve("one/round"), Path.of("../one"));
    Files.createSymbolicLink(cookbooks.resolve("one/fine"), Path.of("../two/metadata.rb"));

    assertThat(check("recipe[one]"))
        .hasSize(4)
        .anyMatch(text -> text.contains("/one/files: ") && text.contains("is a link to /etc"))
        .anyMatch(text -> text.contains("/one/link: ") && text.contains("outside of"))
        .anyMatch(text -> text.contains("/one/gone: ") && text.contains("does not exist"))
        .anyMatch(text -> text.contains("/one/round: ") && text.contains("that it lies in"));
    assertThatThrownBy(() -> CookbookBundle.write(spec("recipe[one]"), folder))
        .isInstanceOf(InvalidSpecException.class);
  }

  @Test
  void refusesWhatIsNoFileAndNamesThatWouldEndALine() throws Exception {
    output("mkfifo", cookbooks.resolve("one/pipe").toString());
    Files.writeString(cookbooks.resolve("one/two\nlines"), "");

    assertThat(check("recipe[one]"))
        .hasSize(2)
        .anyMatch(text -> text.contains("/one/pipe: ") && text.contains("neither a file nor"))
        .anyMatch(text -> text.contains("has a line end in its name"));
    assertThatThrownBy(() -> CookbookBundle.write(spec("recipe[one]"), folder))
        .isInstanceOf(InvalidSpecException.class);
  }

  @Test
  void takesNamesThatAShellOrTarCouldMisreadAsTheyAre() throws Exception {
    List<String> names =
        List.of("--checkpoint-action=exec=sh", "-rf", "$(touch x)", "`touch x`;'\"&|* \\t", " ");
    Path files = Files.createDirectories(cookbooks.resolve("one/files"));
    for (String name : names) {
      Files.writeString(files.resolve(name), name);
    }

    CookbookBundle bundle = CookbookBundle.write(spec("recipe[one]"), folder);

    Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
    assertThat(output("tar", "-xzf", bundle.file().toString(), "-C", unpacked.toString()))
        .isEmpty();
    for (String name : names) {
      assertThat(unpacked.resolve("provision/cookbooks-0/one/files").resolve(name))
          .hasContent(name);
    }
  }

  @Test
  void reportsDataBagsAndEnvironmentsThatChefCouldNotRead() throws IOException {
    Path bags = Files.createDirectories(folder.resolve("data_bags"));
    Files.createDirectories(bags.resolve("users"));
    Files.writeString(bags.resolve("users/ann.json"), "{\"id\": \"ann\"}");
    Files.writeString(bags.resolve("users/bob.json"), "{\"id\": \"rob\"}");
    Files.writeString(bags.resolve("users/eve.json"), "{\n\"id\": }");
    Files.writeString(bags.resolve("stray.json"), "{\"id\": \"stray\"}");
    Path environments = Files.createDirectories(folder.resolve("environments"));
    Files.writeString(environments.resolve("prod.json"), "{\"name\": \"prod\"}");

    assertThat(check(null, bags, environments, "prdo", null, "recipe[one]"))
        .hasSize(4)
        .anyMatch(text -> text.contains("bob.json: ") && text.contains("make the two equal"))
        .anyMatch(text -> text.contains("eve.json:2: ") && text.contains("is not JSON"))
        .anyMatch(text -> text.contains("stray.json: ") && text.contains("lies in no data bag"))
        .anyMatch(
            text -> text.contains("provision.environment: ") && text.contains("mean \"prod\"?"));
  }

  @Test
  void reportsASecretFileThatIsMissing() {
    assertThat(check(null, null, null, null, folder.resolve("gone"), "recipe[one]"))
        .containsExactly(
            folder.resolve("gone")
                + ": provision.encryptedDataBagSecretFile: does not exist or is no file");
  }

  @Test
  void writesWhatGnuTarReads() throws Exception {
    String longName = "files/" + "deep/".repeat(30) + "ü.txt";
    Path deep = cookbooks.resolve("one").resolve(longName);
    Files.createDirectories(deep.getParent());
    Files.writeString(deep, "deep");
    Path script = Files.writeString(cookbooks.resolve("one/files/run.sh"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(cookbooks.resolve("one/linked"), Path.of("../two/metadata.rb"));

    CookbookBundle bundle = CookbookBundle.write(spec("recipe[one]"), folder);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle.file())))
        .isEqualTo("rw-------");
    assertThat(bundle.sizeBytes()).isEqualTo(Files.size(bundle.file()));
    assertThat(output("sha256sum", bundle.file().toString())).startsWith(bundle.sha256());
    assertThat(output("tar", "-tvzf", bundle.file().toString(), "--full-time").lines())
        .allMatch(line -> line.contains(" root/root "))
        .anyMatch(line -> line.matches("-rwxr-xr-x .*provision/cookbooks-0/one/files/run.sh"))
        .anyMatch(line -> line.matches("-rw-r--r-- .*provision/cookbooks-0/one/linked"))
        .anyMatch(line -> line.matches("-rw-r--r-- .*bootstrap/cookbooks/two/metadata.rb"))
        .anyMatch(line -> line.matches("drwxr-xr-x .*provision/roles/"));
    Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
    output("tar", "-xzf", bundle.file().toString(), "-C", unpacked.toString());
    assertThat(unpacked.resolve("provision/cookbooks-0/one").resolve(longName)).hasContent("deep");
    assertThat(unpacked.resolve("provision/cookbooks-0/one/linked")).isRegularFile();
    assertThat(unpacked.resolve("provision/node.json"))
        .content()
        .isEqualToIgnoringWhitespace("{\"colour\": \"blue\", \"run_list\": [\"recipe[one]\"]}");
    assertThat(unpacked.resolve("bootstrap/solo.rb"))
        .content()
        .contains("cookbook_path ['/usr/local/etc/wcs/ami/bootstrap-cookbooks']")
        .contains("chef_license 'accept-no-persist'");
    assertThat(bundle.cookbooks())
        .extracting(CookbookBundle.CookbookDigest::phase, CookbookBundle.CookbookDigest::name)
        .hasSize(4);
  }

  @Test
  void equalInputMakesAnEqualFile() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    CookbookBundle first = CookbookBundle.write(spec("recipe[one]"), folder);
    Files.setLastModifiedTime(
        cookbooks.resolve("one/metadata.rb"), FileTime.from(Instant.ofEpochSecond(1)));
    CookbookBundle second = CookbookBundle.write(spec("recipe[one]"), other);

    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(second.cookbooks()).isEqualTo(first.cookbooks());

    Files.writeString(cookbooks.resolve("one/recipes/default.rb"), "log 'changed'\n");
    CookbookBundle third = CookbookBundle.write(spec("recipe[one]"), other);
    assertThat(third.cookbooks().get(0)).isNotEqualTo(first.cookbooks().get(0));
    assertThat(third.cookbooks().get(1)).isEqualTo(first.cookbooks().get(1));
  }

  @Test
  void leavesOutVersionControlAndWhatChefignoreNames() throws Exception {
    Files.createDirectories(cookbooks.resolve("one/.git"));
    Files.writeString(cookbooks.resolve("one/.git/config"), "token");
    Files.createDirectories(cookbooks.resolve("one/files/.git"));
    Files.writeString(cookbooks.resolve("one/files/.git/config"), "token");
    Files.createDirectories(cookbooks.resolve("one/spec/unit"));
    Files.writeString(cookbooks.resolve("one/spec/unit/a_spec.rb"), "");
    Files.writeString(cookbooks.resolve("one/notes~"), "");
    Files.writeString(cookbooks.resolve("one/.rubocop.yml"), "");
    Files.writeString(cookbooks.resolve("chefignore"), "# tests\nspec/*\n*~\n.rubo[a-d]op.???\n");

    CookbookBundle bundle = CookbookBundle.write(spec("recipe[one]"), folder);

    assertThat(output("tar", "-tzf", bundle.file().toString()).lines())
        .filteredOn(line -> line.contains("cookbooks-0/one/") && !line.endsWith("/"))
        .containsExactly(
            "provision/cookbooks-0/one/metadata.rb",
            "provision/cookbooks-0/one/recipes/default.rb",
            "provision/cookbooks-0/one/recipes/extra.rb");
  }

  @Test
  void aLaterFolderReplacesACookbookOfTheSameName() throws Exception {
    Path later = folder.resolve("later");
    cookbook(later, "two", "", "other");
    BuildSpec spec =
        Specs.build(
            Specs.provision(List.of(cookbooks, later), "recipe[two::other]"),
            Specs.bootstrap(List.of(cookbooks), "recipe[one]"));

    assertThat(CookbookBundle.check(spec)).isEmpty();
    CookbookBundle bundle = CookbookBundle.write(spec, folder);

    assertThat(output("tar", "-tzf", bundle.file().toString()).lines())
        .contains("provision/cookbooks-1/two/recipes/other.rb")
        .noneMatch(line -> line.startsWith("provision/cookbooks-0/two"));
  }

  private List<String> check(String... runList) {
    return messages(spec(runList));
  }

  private List<String> check(
      @Nullable Path roles,
      @Nullable Path bags,
      @Nullable Path environments,
      @Nullable String environment,
      @Nullable Path secret,
      String... runList) {
    return messages(
        Specs.build(
            Specs.provision(
                List.of(cookbooks),
                roles,
                bags,
                environments,
                environment,
                secret,
                Duration.ofMinutes(5),
                runList),
            Specs.bootstrap(List.of())));
  }

  private static List<String> messages(BuildSpec spec) {
    return CookbookBundle.check(spec).stream()
        .map(problem -> problem.toString())
        .filter(text -> !text.contains("bootstrap."))
        .toList();
  }

  private BuildSpec spec(String... runList) {
    return Specs.build(
        Specs.provision(List.of(cookbooks), runList),
        Specs.bootstrap(List.of(cookbooks), "recipe[one]"));
  }

  private static void cookbook(Path folder, String name, String metadata, String... recipes)
      throws IOException {
    Path cookbook = folder.resolve(name);
    Files.createDirectories(cookbook.resolve("recipes"));
    Files.writeString(
        cookbook.resolve("metadata.rb"), "name '" + name + "'\nversion '1.2.3'\n" + metadata);
    for (String recipe : recipes) {
      Files.writeString(cookbook.resolve("recipes/" + recipe + ".rb"), "log 'hello'\n");
    }
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(Arrays.asList(command)).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
