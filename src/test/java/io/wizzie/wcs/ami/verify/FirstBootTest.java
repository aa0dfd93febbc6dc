package io.wizzie.wcs.ami.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.SmokeCheck;
import io.wizzie.wcs.ami.ec2.VirtualTime;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.SecretMask;
import io.wizzie.wcs.ami.guest.ScriptedShell;
import io.wizzie.wcs.ami.ssh.ConnectionLostException;
import io.wizzie.wcs.ami.ssh.ReconnectingShell;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.verify.FirstBoot.Booted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstBootTest {
  private static final String DONE = "....\nstatus: done\n";
  private static final String LOG = "one\n\ntwo\nthree\n";

  @TempDir private Path folder;
  private final VirtualTime time = new VirtualTime();
  private final List<BuildEvent> events = new ArrayList<>();
  private final SecretMask mask = new SecretMask();
  private final ScriptedShell shell = new ScriptedShell();
  private final Deque<RemoteShell> shells = new ArrayDeque<>(List.of(shell));

  private Booted await() {
    return new FirstBoot(time, time, events::add, mask)
        .await(shells::remove, Duration.ofMinutes(10), log());
  }

  private Path log() {
    return folder.resolve("output").resolve("bootstrap.log");
  }

  private static String state(String state, String more) {
    return "{\"state\": \"%s\", \"attempts\": 1, %s \"logFile\": \"/var/log/w.log\"}"
        .formatted(state, more);
  }

  private static final String CONVERGED =
      state("converged", "\"reason\": null, \"failingResource\": null,");

  @Test
  void savesTheLogOfABootstrapThatConverged() throws IOException {
    shell
        .on("cloud-init status --wait", 0, DONE, "")
        .on("bootstrap.json", 0, CONVERGED, "")
        .on("sudo -n tail -c 16777216 -- /var/log/w.log", 0, LOG, "");

    assertThat(await().bootstrap().isConverged()).isTrue();
    assertThat(Files.readString(log())).isEqualTo(LOG);
    assertThat(events).isEmpty();
  }

  @Test
  void savesNoSecretAndForNobodyElse() throws IOException {
    mask.add("hunter2-hunter2-hunter2");
    shell
        .on("cloud-init status --wait", 0, DONE, "")
        .on("bootstrap.json", 0, CONVERGED, "")
        .on("-- /var/log/w.log", 0, "it is\nhunter2-hunter2-hunter2\n", "");

    await();

    assertThat(Files.readString(log())).isEqualTo("it is\n(secret)\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
        .isEqualTo("rw-------");
  }

  @Test
  void tellsTheFailingResourceAndTheLogsTail() {
    shell
        .on("cloud-init status --wait", 1, "status: error\n", "")
        .on(
            "bootstrap.json",
            0,
            state(
                "failed",
                "\"reason\": \"chef-solo ended with exit code 1\","
                    + " \"failingResource\": \"file[/x] (action create)\","),
            "")
        .on("sudo -n tail -c", 0, LOG, "");

    assertThatThrownBy(this::await)
        .isInstanceOfSatisfying(
            BuildException.class, failed -> assertThat(failed.category()).isEqualTo(Category.CHECK))
        .hasMessage(
            "The first boot failed: chef-solo ended with exit code 1; failing resource: file[/x]"
                + " (action create).\none\ntwo\nthree\nAll of it: "
                + log());
  }

  @Test
  void tellsThatNoBootstrapWasStarted() {
    shell
        .on("cloud-init status --wait", 0, DONE, "")
        .on("cat /var/lib/wcs-ami", 1, "", "No such file")
        .on("cloud-init-output.log", 0, "the end\n", "");

    assertThatThrownBy(this::await)
        .hasMessageContaining("started no bootstrap")
        .hasMessageContaining("status: done")
        .hasMessageEndingWith("the end");
  }

  @Test
  void failsWhenTheRestOfTheFirstBootDid() {
    shell
        .on("cloud-init status --wait", 1, "status: error\ndetail: runcmd\n", "")
        .on("bootstrap.json", 0, CONVERGED, "")
        .on("sudo -n tail -c", 0, LOG, "");

    assertThatThrownBy(this::await)
        .hasMessageContaining("The bootstrap converged, but cloud-init failed")
        .hasMessageContaining("detail: runcmd");
  }

  @Test
  void warnsOfWhatCloudInitGotOver() {
    shell
        .on("cloud-init status --wait", 2, "status: degraded done\n", "")
        .on("bootstrap.json", 0, CONVERGED, "");

    assertThat(await().bootstrap().isConverged()).isTrue();
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            BuildEvent.Warning.class,
            warning -> assertThat(warning.message()).contains("degraded"));
  }

  @Test
  void followsReboots() {
    shell.on(
        "cloud-init status --wait",
        command -> {
          throw new ConnectionLostException("gone", null);
        });
    ScriptedShell second =
        new ScriptedShell()
            .on("cloud-init status --wait", 0, DONE, "")
            .on("bootstrap.json", 0, state("running", ""), "")
            .on("cloud-init status --wait", 0, DONE, "")
            .on("bootstrap.json", 0, CONVERGED, "");
    shells.add(second);

    assertThat(await().shell())
        .isInstanceOfSatisfying(
            ReconnectingShell.class, steady -> assertThat(steady.current()).isSameAs(second));
    assertThat(time.pauses()).hasSize(1);
  }

  @Test
  void smokeChecksFollowARebootToo() {
    shell
        .on("cloud-init status --wait", 0, DONE, "")
        .on("bootstrap.json", 0, CONVERGED, "")
        .on("sudo -n tail -c", 0, LOG, "")
        .on(
            "python3",
            command -> {
              throw new ConnectionLostException("gone", null);
            });
    shells.add(
        new ScriptedShell().on("python3", 0, "[{\"passed\": true, \"said\": \"is active\"}]", ""));

    List<SmokeResult> results =
        new SmokeChecks(ExternalProbe.real())
            .run(
                await().shell(),
                "192.0.2.1",
                List.of(new SmokeCheck.Unit("ssh.service")),
                Duration.ofMinutes(1));

    assertThat(results).allMatch(SmokeResult::passed);
    assertThat(shells).isEmpty();
    assertThat(events).singleElement().asString().contains("connecting again");
  }

  @Test
  void givesUpWhenTheTimeIsOver() {
    for (int look = 0; look < 300; look++) {
      shell
          .on("cloud-init status --wait", 0, DONE, "")
          .on("bootstrap.json", 0, state("rebooting", ""), "");
    }

    assertThatThrownBy(this::await)
        .hasMessageContaining("did not end in time (verify.timeout): the bootstrap is rebooting");
  }

  @Test
  void aWaitThatTimesOutIsTheImagesFault() {
    shell.on(
        "cloud-init status --wait",
        command -> {
          throw new BuildException(Category.GUEST, "timed out");
        });
    shell.on("cloud-init status --long", 0, "status: running\ndetail: a module\n", "");

    assertThatThrownBy(this::await)
        .isInstanceOfSatisfying(
            BuildException.class, failed -> assertThat(failed.category()).isEqualTo(Category.CHECK))
        .hasMessageContaining("(verify.timeout): cloud-init still runs. It says:\nstatus: running");
  }

  @Test
  void aStatusThatNobodyUnderstandsIsToldAsItIs() {
    assertThatThrownBy(() -> BootstrapState.parse("{\"state\": 1}"))
        .hasMessageContaining("can't be read: {\"state\": 1}");
    assertThatThrownBy(() -> BootstrapState.parse("{")).hasMessageContaining("can't be read: {");
  }
}
