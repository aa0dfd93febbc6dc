package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.config.reader.SpecReader;
import io.wizzie.wcs.ami.config.reader.SpecReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is wrong comes at once, with the line that says it. */
class InputChecksTest {
  @TempDir Path folder;

  @Test
  void tellsOfConfigurationCookbooksAndFilesTogether() throws IOException {
    Files.createDirectories(folder.resolve("cookbooks/web/recipes"));
    write("cookbooks/web/metadata.rb", "name 'web'\nversion '1.0.0'\n");
    write("cookbooks/web/recipes/default.rb", "log 'hello'\n");
    write("garbage", "nothing of the kind\n");
    write("blank", " \n");
    Path config =
        write(
            "c.json",
            """
            {"version": 7,
             "sourceImage": {"imageId": "ami-0123456789abcdef0"},
             "builder": {"userDataFile": "garbage"},
             "ssh": {"keyName": "mine",
               "privateKeyFile": "garbage"},
             "chef": {"package": {"file": "garbage"}},
             "provision": {
               "cookbookPaths": ["cookbooks"],
               "encryptedDataBagSecretFile": "blank",
               "runList": ["recipe[web]",
                 "recipe[wbe::defualt]"]},
             "bootstrap": {
               "cookbookPaths": ["nowhere"],
               "runList": ["recipe[web]"]}
            }
            """);

    assertThat(problems(config))
        .containsExactly(
            "c.json:1: version: 7 is a number; write text, such as \"1.1.0\".",
            "c.json:13: bootstrap.cookbookPaths[0]: \"nowhere\" does not exist (nowhere); correct the"
                + " path, or create it.",
            "c.json:11: provision.runList[1]: recipe[wbe::defualt]: there is no cookbook 'wbe'; did"
                + " you mean \"web\"?",
            "blank: provision.encryptedDataBagSecretFile: is empty",
            "c.json:5: ssh.privateKeyFile: garbage: The SSH private key is not one OpenSSH or PEM"
                + " private key (a .pub file, perhaps?).",
            "c.json:3: builder.userDataFile: garbage starts with nothing that cloud-init knows; its"
                + " first line must be #cloud-config or a script's #!.",
            "c.json:6: chef.package.file: garbage is no Debian package; name a .deb file.");
  }

  @Test
  void looksAtTheOtherFilesWhenOneIsGarbage() throws IOException {
    Path garbage = write("garbage.json", "{");
    Path good =
        write(
            "good.json",
            """
            {"provision": {"rolesPath": "roles"}}
            """);

    assertThat(problems(garbage, good))
        .anyMatch(problem -> problem.startsWith("garbage.json:"))
        .anyMatch(
            problem -> problem.startsWith("good.json:1: provision.rolesPath: \"roles\" does"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<String> problems(Path... files) {
    SpecReading reading = SpecReader.examine(List.of(files), List.of(), null);
    List<Problem> problems = new ArrayList<>(reading.problems());
    problems.addAll(InputChecks.check(reading, null));
    return problems.stream().map(problem -> problem.toString().replace(folder + "/", "")).toList();
  }
}
