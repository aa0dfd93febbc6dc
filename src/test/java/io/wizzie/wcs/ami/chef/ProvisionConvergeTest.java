package io.wizzie.wcs.ami.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.guest.ScriptedShell;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.ConnectionLostException;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionConvergeTest {
  private static final char END = '\036';

  @TempDir Path folder;

  private final List<BuildEvent> events = new ArrayList<>();
  private final ScriptedShell first = new ScriptedShell();
  private final Deque<ScriptedShell> later = new ArrayDeque<>();
  private Instant now = Instant.EPOCH;
  private BuildSpec spec;
  private CookbookBundle bundle;

  @BeforeEach
  void writeBundle() throws IOException {
    Path file = Files.writeString(folder.resolve("bundle.tar.gz"), "bundle");
    bundle = new CookbookBundle(file, "0", 6, List.of());
    spec = Specs.build(Specs.provision(List.of(folder)), Specs.bootstrap(List.of()));
  }

  @Test
  void streamsTheBundleAndFollowsTheOutput() {
    first.on(
        "follow 1 1",
        follow("exited 0", "a line", "", "Infra Phase complete, 1/2 resources updated"));

    ProvisionConverge.Converged converged = converge();

    assertThat(converged).isEqualTo(new ProvisionConverge.Converged(first, 1, 2, 0));
    assertThat(first.inputs()).contains("bundle");
    assertThat(first.commands().get(0)).contains("tar -xzf - -C \"$new\"");
    assertThat(lines())
        .containsExactly("a line", "", "Infra Phase complete, 1/2 resources updated");
    assertThat(first.isClosed()).isFalse();
  }

  @Test
  void anInterruptAsksTheGuestForNothingMore() {
    first.on(
        "follow 1 1",
        command -> {
          throw BuildException.interrupted("waiting for a command", null);
        });

    assertThatThrownBy(this::converge)
        .isInstanceOf(BuildException.class)
        .hasMessage("Interrupted while converging the provision cookbooks.");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(first.commands()).last().asString().contains("follow 1 1");
  }

  @Test
  void asksAfterALostConnectionForTheLineThatWasCut() {
    first.on(
        "follow 1 1",
        command -> {
          command.onLine().accept("whole" + END);
          command.onLine().accept("cu");
          throw new ConnectionLostException("lost", null);
        });
    ScriptedShell second = reconnection();
    second.on("follow 1 2", follow("exited 0", "cut no more"));

    assertThat(converge().shell()).isSameAs(second);
    assertThat(lines()).containsExactly("whole", "cut no more");
    assertThat(second.commands()).noneMatch(command -> command.contains(" start "));
  }

  @Test
  void countsOnlyLossesThatBroughtNothingNew() {
    for (int i = 1; i <= 30; i++) {
      int line = i;
      ScriptedShell shell = i == 1 ? first : reconnection();
      shell.on(
          "follow 1 " + i,
          command -> {
            command.onLine().accept("line " + line + END);
            throw new ConnectionLostException("lost", null);
          });
    }
    reconnection().on("follow 1 31", follow("exited 0"));

    converge();

    assertThat(lines()).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void givesUpWhenEveryConnectionIsLostAtOnce() {
    for (int i = 0; i < 30; i++) {
      (i == 0 ? first : reconnection())
          .on(
              "follow",
              command -> {
                throw new ConnectionLostException("lost again", null);
              });
    }

    assertThatThrownBy(this::converge).hasMessage("lost again");
    assertThat(later).hasSize(30 - ProvisionConverge.MAX_LOSSES);
  }

  @Test
  void namesMemoryAndDiskWhenTheGuestTellsOfThem() {
    first.on(
        "follow",
        command -> {
          command.onLine().accept(END + "note oom 2");
          command.onLine().accept(END + "note full /var 1");
          command.onLine().accept(END + "exited 1");
          return new CommandResult(0, "", "");
        });

    assertThatThrownBy(this::converge)
        .hasMessageContaining("the kernel killed 2 processes of the converge")
        .hasMessageContaining("The file system of /var has no space left.")
        .hasMessageContaining("builder.rootVolume.volumeSize");
  }

  @Test
  void saysHowSystemdEndedAConvergeThatCouldNot() {
    first.on("follow", follow("vanished Result=oom-kill ExecMainCode=2 ExecMainStatus=9 "));

    assertThatThrownBy(this::converge).hasMessageContaining("ran out of memory (Result=oom-kill)");
  }

  @Test
  void uploadsAndStartsAgainWhenTheConnectionIsLostUnderIt() {
    first.on(
        " start ",
        command -> {
          throw new ConnectionLostException("lost", null);
        });
    ScriptedShell second = reconnection();
    second.on("follow 1 1", follow("exited 0"));

    converge();

    assertThat(second.commands().get(0)).contains("converge.sh start 1 ");
  }

  @Test
  void waitsForTheRebootOfExitCode35AndConvergesAgain() {
    first
        .on("follow 1 1", follow("exited 35"))
        .on("rebooted 1", 1, "", "")
        .on("rebooted 1", 1, "", "");
    first.on("follow 2 1", follow("exited 0"));

    assertThat(converge().reboots()).isEqualTo(1);
    assertThat(Duration.between(Instant.EPOCH, now)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void takesALostExitStatusForTheRebootThatCausedIt() {
    first.on("follow 1 1", follow("rebooted")).on("follow 2 1", follow("exited 0"));

    assertThat(converge().reboots()).isEqualTo(1);
  }

  @Test
  void failsWhenTheGuestDoesNotReboot() {
    first.on("follow 1 1", follow("exited 35"));
    for (int i = 0; i < 1000; i++) {
      first.on("rebooted 1", 1, "", "");
    }

    assertThatThrownBy(this::converge)
        .hasMessageContaining("the guest did not reboot within provision.timeout (300 s).");
  }

  @Test
  void failsWhenTheCookbooksRebootForEver() {
    for (int i = 1; i <= 6; i++) {
      first.on("follow " + i + " 1", follow("exited 35"));
    }

    assertThatThrownBy(this::converge).hasMessageContaining("lacks a guard");
  }

  @Test
  void namesExitCodesAndShowsTheOutputsTail() {
    first.on("follow 1 1", follow("exited 43", "Configuration error"));

    assertThatThrownBy(this::converge)
        .hasMessageContaining("exit code 43: its configuration is wrong")
        .hasMessageEndingWith("Configuration error");
  }

  @Test
  void closesWhatItOpenedWhenItFails() {
    first.on(
        "follow",
        command -> {
          throw new ConnectionLostException("lost", null);
        });
    ScriptedShell second = reconnection();
    second.on("follow", follow("exited 1"));

    assertThatThrownBy(this::converge).isInstanceOf(BuildException.class);
    assertThat(second.isClosed()).isTrue();
    assertThat(first.isClosed()).isFalse();
  }

  @Test
  void stopsChefWhenItsTimeIsOver() {
    first.on(
        "follow",
        command -> {
          now = now.plus(command.timeout());
          throw new BuildException(BuildException.Category.GUEST, "timed out");
        });

    assertThatThrownBy(this::converge)
        .hasMessageContaining("did not finish within provision.timeout (300 s)");
    assertThat(first.commands()).last().asString().endsWith("converge.sh stop");
  }

  @Test
  void leavesChefToItsTimeLimitWhenTheGuestIsGone() {
    first.on(
        "follow",
        command -> {
          throw new ConnectionLostException("lost", null);
        });

    assertThatThrownBy(this::converge).hasMessage("no route");
    assertThat(first.commands()).noneMatch(command -> command.endsWith("stop"));
  }

  private ScriptedShell reconnection() {
    ScriptedShell shell = new ScriptedShell();
    later.add(shell);
    return shell;
  }

  private static Function<RemoteCommand, CommandResult> follow(String state, String... lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line).append(END).append('\n');
    }
    text.append('\n').append(END).append(state).append('\n');
    return command -> new CommandResult(0, text.toString(), "");
  }

  private ProvisionConverge.Converged converge() {
    InstantSource clock = () -> now;
    return new ProvisionConverge(
            clock.withZone(ZoneOffset.UTC), duration -> now = now.plus(duration), events::add)
        .run(
            first,
            () -> {
              if (later.isEmpty()) {
                throw new BuildException(BuildException.Category.ACCESS, "no route");
              }
              return later.remove();
            },
            new InstalledChef("Cinc Client", "18.7.10", Specs.SOLO, false),
            bundle,
            spec);
  }

  private List<String> lines() {
    return events.stream()
        .filter(BuildEvent.GuestOutput.class::isInstance)
        .map(event -> ((BuildEvent.GuestOutput) event).line())
        .toList();
  }
}
