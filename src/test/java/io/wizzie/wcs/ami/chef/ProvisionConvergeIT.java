package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.config.ProvisionSpec;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.guest.PodmanGuest;
import io.wizzie.wcs.ami.guest.PodmanShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The converge in a real guest, with a program in chef-solo's place. */
class ProvisionConvergeIT {
  private static PodmanGuest guest;

  @TempDir Path folder;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private BuildSpec spec;
  private CookbookBundle bundle;

  @BeforeAll
  static void boot() {
    guest = PodmanGuest.boot("i-converge", new byte[0]);
  }

  @AfterAll
  static void remove() {
    if (guest != null) {
      guest.close();
    }
  }

  @BeforeEach
  void writeBundle() throws IOException {
    prepare(Duration.ofMinutes(2));
  }

  private void prepare(Duration timeout) throws IOException {
    Path cookbooks = Files.createDirectories(folder.resolve("cookbooks"));
    Path recipes = Files.createDirectories(cookbooks.resolve("one/recipes"));
    Files.writeString(cookbooks.resolve("one/metadata.rb"), "name 'one'\nversion '1.2.3'\n");
    Files.writeString(recipes.resolve("default.rb"), "log 'hello'\n");
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
    ProvisionSpec provision =
        Specs.provision(List.of(cookbooks), null, null, null, null, secret, timeout, "recipe[one]");
    spec = Specs.build(provision, Specs.bootstrap(List.of(cookbooks), "recipe[one]"));
    bundle = CookbookBundle.write(spec, folder);
  }

  @Test
  void convergesInAPrivateFolderAndReportsWhatWasUpdated() {
    fakeChef(
        """
        echo "args: $*"; echo "home: $HOME lang: $LANG"; pwd
        cat /root/.wcs-ami/encrypted_data_bag_secret; echo
        echo "Infra Phase complete, 3/17 resources updated in 02 seconds"
        """);

    ProvisionConverge.Converged converged = run(guest::reconnect);

    assertThat(converged.updatedResources()).isEqualTo(3);
    assertThat(converged.totalResources()).isEqualTo(17);
    assertThat(converged.reboots()).isZero();
    assertThat(lines)
        .contains(
            "args: --config /root/.wcs-ami/provision/solo.rb --json-attributes"
                + " /root/.wcs-ami/provision/node.json --no-color --force-formatter --log_level warn",
            "home: /root lang: C.UTF-8",
            "s3cret");
    assertThat(guest.root("stat -c '%U %a' /root/.wcs-ami")).isEqualTo("root 700");
    assertThat(guest.root("stat -c '%U %a' /root/.wcs-ami/encrypted_data_bag_secret"))
        .isEqualTo("root 600");
    assertThat(guest.root("stat -c '%U %a' /root/.wcs-ami/bootstrap/cookbooks/one/metadata.rb"))
        .isEqualTo("root 644");
  }

  @Test
  void namesTheFailingResourceAndTheExitCode() {
    fakeChef(
        """
        cat <<'END'
            ================================================================================
            Error executing action `run` on resource 'execute[false]'
            ================================================================================

            Mixlib::ShellOut::ShellCommandFailed
            ------------------------------------
            Expected process to exit with [0], but received '1'
        END
        exit 1
        """);

    assertThatThrownBy(() -> run(guest::reconnect))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("exit code 1")
        .hasMessageContaining(
            "Error executing action `run` on resource 'execute[false]':"
                + " Mixlib::ShellOut::ShellCommandFailed: Expected process to exit with [0]");
  }

  @Test
  void losesAndRepeatsNoLineWhenTheConnectionIsLostTwice() {
    fakeChef(
        """
        echo start >> /root/starts
        for i in $(seq 1 60); do echo "line $i"; sleep 0.05; done
        echo "Infra Phase complete, 1/2 resources updated in 02 seconds"
        """);
    guest.root("rm -f /root/starts");
    List<PodmanShell> shells = new ArrayList<>(List.of(guest.shell()));

    ProvisionConverge.Converged converged =
        converge(
            shells.get(0),
            () -> {
              shells.add(guest.reconnect());
              return shells.get(shells.size() - 1);
            },
            line -> {
              if (line.equals("line 20") || line.equals("line 40")) {
                shells.get(shells.size() - 1).cut();
              }
            });

    assertThat(shells).hasSize(3);
    assertThat(converged.shell()).isSameAs(shells.get(2));
    assertThat(shells.get(1).isClosed()).isTrue();
    assertThat(lines.stream().filter(line -> line.startsWith("line ")))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 60).mapToObj(i -> "line " + i).toList());
    assertThat(guest.root("cat /root/starts")).isEqualTo("start");
  }

  @Test
  void convergesAgainAfterTheRebootThatCookbooksAskFor() {
    guest.root("rm -f /root/rebooted");
    fakeChef(
        """
        if [ -e /root/rebooted ]; then
          echo "Infra Phase complete, 0/2 resources updated in 02 seconds"; exit 0
        fi
        touch /root/rebooted
        systemctl --no-block reboot
        sleep 60
        exit 35
        """);

    ProvisionConverge.Converged converged = run(guest::reconnect);

    assertThat(converged.reboots()).isEqualTo(1);
    assertThat(converged.updatedResources()).isZero();
  }

  @Test
  void stopsChefInTheGuestWhenItsTimeIsOver() throws IOException {
    prepare(Duration.ofSeconds(20));
    fakeChef("echo working; sleep 600 & wait\n");

    assertThatThrownBy(() -> run(guest::reconnect))
        .hasMessageContaining(
            "did not finish within provision.timeout (20 s); chef-solo was stopped")
        .hasMessageContaining("working");
    assertNothingRuns();
  }

  @Test
  void anInterruptEndsTheConvergeAtOnce() {
    fakeChef("echo working; sleep 600\n");
    Thread thread = Thread.currentThread();

    assertThatThrownBy(() -> converge(guest.shell(), guest::reconnect, line -> thread.interrupt()))
        .isInstanceOfSatisfying(
            BuildException.class,
            e -> assertThat(e.category()).isEqualTo(BuildException.Category.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
    // A builder is removed, and chef-solo with it; this guest is another test's too.
    guest.root("systemctl stop wcs-ami-converge.service");
    assertNothingRuns();
  }

  @Test
  void saysThatChefWasKilled() {
    fakeChef("kill -9 $PPID; sleep 1\n");

    assertThatThrownBy(() -> run(guest::reconnect))
        .hasMessageContaining("chef-solo was killed")
        .hasMessageContaining("by signal 9 (Result=signal)");
  }

  @Test
  void saysThatMemoryMayHaveRunOutWhenChefAloneIsKilled() {
    fakeChef("echo working\nkill -9 $$\n");

    assertThatThrownBy(() -> run(guest::reconnect))
        .hasMessageContaining("exit code 137: it was killed; the guest may be out of memory")
        .hasMessageContaining("working");
  }

  @Test
  void saysThatTheDiskIsFullEvenWhenItsOwnFilesAreOnIt() {
    try (PodmanGuest full = PodmanGuest.boot("i-full", new byte[0])) {
      full.root("mount -t tmpfs -o size=4m none /root");
      full.program(
          Specs.SOLO,
          "#!/bin/sh\necho working\ncat /dev/zero > /root/big\necho never seen\nexit 1\n");

      assertThatThrownBy(() -> converge(full.shell(), full::reconnect, line -> {}))
          .hasMessageContaining("exit code 1")
          .hasMessageContaining("The file system of /root has no space left.")
          .hasMessageContaining("builder.rootVolume.volumeSize");
    }
  }

  @Test
  void saysThatTheDiskIsFullWhenTheUploadMeetsIt() {
    try (PodmanGuest full = PodmanGuest.boot("i-full-upload", new byte[0])) {
      full.root("mount -t tmpfs -o size=64k none /root; head -c 60000 /dev/zero > /root/big");

      assertThatThrownBy(() -> converge(full.shell(), full::reconnect, line -> {}))
          .hasMessageContaining("Unpacking the cookbook bundle in the guest failed")
          .hasMessageContaining("The guest's disk is full");
      assertThat(full.root("ls -A /root")).doesNotContain(".wcs-ami-new");
    }
  }

  @Test
  void killsAChefThatDoesNotHeedItsInterruptAndShowsItsLastLine() throws IOException {
    prepare(Duration.ofSeconds(20));
    fakeChef("trap '' INT TERM\necho 'the last line'\nwhile :; do sleep 600; done\n");

    assertThatThrownBy(() -> run(guest::reconnect))
        .hasMessageContaining(
            "did not finish within provision.timeout (20 s); chef-solo was stopped")
        .hasMessageEndingWith("the last line");
    assertNothingRuns();
  }

  @Test
  void putsLinesTogetherThatAreTooLongForOnePiece() {
    fakeChef("head -c 20000 /dev/zero | tr '\\0' a; echo; echo next\n");

    run(guest::reconnect);

    assertThat(lines).contains("next");
    assertThat(lines).anyMatch(line -> line.length() == 20_000);
  }

  private static void assertNothingRuns() {
    assertThat(guest.root("systemctl is-active wcs-ami-converge.service || true"))
        .isEqualTo("inactive");
    assertThat(guest.root("pgrep -f 'sleep 60[0]' || true")).isEmpty();
  }

  private ProvisionConverge.Converged run(Supplier<PodmanShell> reconnect) {
    return converge(guest.shell(), reconnect, line -> {});
  }

  private ProvisionConverge.Converged converge(
      PodmanShell shell, Supplier<PodmanShell> reconnect, Consumer<String> onLine) {
    return new ProvisionConverge(
            Clock.systemUTC(),
            event -> {
              if (event instanceof BuildEvent.GuestOutput output) {
                lines.add(output.line());
                onLine.accept(output.line());
              }
            })
        .run(
            shell,
            reconnect::get,
            new InstalledChef("Cinc Client", "18.7.10", Specs.SOLO, false),
            bundle,
            spec);
  }

  private static void fakeChef(String body) {
    guest.program(Specs.SOLO, "#!/bin/sh\n" + body);
  }
}
