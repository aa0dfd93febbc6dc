package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.reader.SpecFixture;
import io.wizzie.wcs.ami.guest.PodmanGuest;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundle and converge with the local region's stand-in: arguments, solo.rb, output. */
class StandInConvergeIT {
  private static final String SOLO = "/opt/wcs-ami-stand-in/bin/chef-solo";

  private static PodmanGuest guest;

  @TempDir Path folder;

  @BeforeAll
  static void bootWithTheStandIn() {
    guest = PodmanGuest.boot("i-stand-in", new byte[0]);
    guest.root("rm -rf /opt/wcs-ami-stand-in");
    guest.copyIn(Path.of("src/main/ruby/chef-stand-in"), "/opt/wcs-ami-stand-in");
    guest.root("chmod 0755 " + SOLO);
  }

  @AfterAll
  static void remove() {
    if (guest != null) {
      guest.close();
    }
  }

  @Test
  void convergesRolesDataBagsAndEnvironmentOfTheBundleAndThenChangesNothing() throws IOException {
    Files.createDirectories(folder.resolve("roles"));
    Files.writeString(
        folder.resolve("roles/base.json"),
        "{\"name\": \"base\", \"run_list\": [\"recipe[one]\"],"
            + " \"default_attributes\": {\"from\": \"role\"}}");
    Files.createDirectories(folder.resolve("bags/users"));
    Files.writeString(
        folder.resolve("bags/users/ann.json"), "{\"id\": \"ann\", \"shell\": \"/bin/zsh\"}");
    Files.createDirectories(folder.resolve("environments"));
    Files.writeString(
        folder.resolve("environments/image.json"),
        "{\"name\": \"image\", \"override_attributes\": {\"stage\": \"made\"}}");
    BuildSpec spec =
        spec(
            """
            file '/root/converged' do
              content [node['colour'], node['from'], node['stage'], node.chef_environment,
                       data_bag_item('users', 'ann')['shell']].join(' ')
            end
            """,
            "role[base]");

    ProvisionConverge.Converged first = converge(spec);
    ProvisionConverge.Converged second = converge(spec);

    assertThat(guest.root("cat /root/converged")).isEqualTo("blue role made image /bin/zsh");
    assertThat(first.updatedResources()).isEqualTo(1);
    assertThat(second.updatedResources()).isZero();
    assertThat(second.totalResources()).isEqualTo(1);
    assertThat(guest.root("ls -d /var/chef 2>&1 || true")).contains("No such file");
  }

  @Test
  void namesTheResourceThatFails() throws IOException {
    BuildSpec spec = spec("execute 'a failure' do\n  command 'exit 7'\nend\n", "recipe[one]");

    assertThatThrownBy(() -> converge(spec))
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("Error executing action `run` on resource 'execute[a failure]': ");
  }

  private ProvisionConverge.Converged converge(BuildSpec spec) {
    RemoteShell shell = guest.shell();
    InstalledChef chef =
        new ChefInstaller(Clock.systemUTC(), event -> {}, Duration.ofMinutes(5))
            .install(shell, spec.chef());
    assertThat(chef.standIn()).isTrue();
    return new ProvisionConverge(Clock.systemUTC(), event -> {})
        .run(shell, guest::reconnect, chef, CookbookBundle.write(spec, folder), spec);
  }

  private BuildSpec spec(String recipe, String item) throws IOException {
    Path cookbook = folder.resolve("cookbooks/one");
    Files.createDirectories(cookbook.resolve("recipes"));
    Files.writeString(cookbook.resolve("metadata.rb"), "name 'one'\nversion '1.0.0'\n");
    Files.writeString(cookbook.resolve("recipes/default.rb"), recipe);
    boolean withRoles = Files.isDirectory(folder.resolve("roles"));
    return Specs.build(
        SpecFixture.with(Specs.chef("{logLevel: 'auto'}", null, null), "soloPath", SOLO),
        Specs.provision(
            List.of(folder.resolve("cookbooks")),
            withRoles ? folder.resolve("roles") : null,
            withRoles ? folder.resolve("bags") : null,
            withRoles ? folder.resolve("environments") : null,
            withRoles ? "image" : null,
            null,
            Duration.ofMinutes(2),
            item),
        Specs.bootstrap(List.of(folder.resolve("cookbooks")), "recipe[one]"));
  }
}
