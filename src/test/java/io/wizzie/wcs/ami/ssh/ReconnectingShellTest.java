package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.guest.ScriptedShell;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReconnectingShellTest {
  private static final RemoteCommand COMMAND = RemoteCommand.of("true", Duration.ofSeconds(10));

  private final List<String> progress = new ArrayList<>();
  private final Deque<ScriptedShell> later = new ArrayDeque<>();

  @Test
  void runsACommandAgainOverANewConnection() {
    ScriptedShell first = losing(1);
    ScriptedShell second = new ScriptedShell().on("true", 0, "done", "");
    later.add(second);
    ReconnectingShell shell = steady(first);

    assertThat(shell.run(COMMAND).stdout()).isEqualTo("done");
    assertThat(shell.current()).isSameAs(second);
    assertThat(first.isClosed()).isTrue();
    assertThat(progress).containsExactly("The connection was lost; connecting again.");
  }

  @Test
  void givesUpOnACommandThatLosesEveryConnection() {
    for (int i = 0; i < 10; i++) {
      later.add(losing(1));
    }

    assertThatThrownBy(() -> steady(losing(1)).run(COMMAND))
        .isInstanceOf(ConnectionLostException.class);
    assertThat(later).hasSize(10 - (ReconnectingShell.MAX_LOSSES - 1));
  }

  @Test
  void runsNothingTwiceThatMustNotBe() {
    later.add(new ScriptedShell());

    assertThatThrownBy(() -> steady(losing(1)).runOnce(COMMAND))
        .isInstanceOf(ConnectionLostException.class);
    assertThat(later).hasSize(1);
  }

  @Test
  void refusesAHostKeyThatChangedInMidBuildWithoutAnotherTry() throws Exception {
    TestTime time = new TestTime();
    TestServer server = TestServer.started();
    SshTarget target = server.target();
    ReconnectingShell shell =
        new ReconnectingShell(
            server.connect(),
            () ->
                new MinaConnector(time, time)
                    .connect(target, TestServer.identity(), Duration.ofMinutes(5), progress::add),
            progress::add);
    assertThat(shell.run(RemoteCommand.of("exit 0", Duration.ofSeconds(10))).succeeded()).isTrue();
    server.close();

    try (TestServer impostor = new TestServer(SshKeys.generateEd25519()).start(target.port())) {
      assertThat(impostor.target().port()).isEqualTo(target.port());
      assertThatThrownBy(() -> shell.run(RemoteCommand.of("exit 0", Duration.ofSeconds(10))))
          .isInstanceOfSatisfying(
              BuildException.class, e -> assertThat(e.category()).isEqualTo(Category.ACCESS))
          .hasMessageContaining("wrong host key")
          .hasMessageContaining("Nothing was sent to it");
    }
    assertThat(time.slept()).isEmpty();
  }

  @Test
  void namesAFullDiskAndShowsIt() {
    ScriptedShell shell =
        new ScriptedShell()
            .on("tar", 2, "", "tar: x: Cannot write: No space left on device")
            .on("df -P", 0, "The file system of / has 0 of 8G left.\n", "");

    assertThatThrownBy(
            () -> shell.require(RemoteCommand.of("tar -x", Duration.ofSeconds(1)), "Unpacking"))
        .hasMessageContaining("Unpacking failed with exit code 2")
        .hasMessageContaining("The guest's disk is full: set builder.rootVolume.volumeSize")
        .hasMessageContaining("The file system of / has 0 of 8G left.\n");
  }

  private ReconnectingShell steady(RemoteShell first) {
    return new ReconnectingShell(first, later::remove, progress::add);
  }

  private static ScriptedShell losing(int times) {
    ScriptedShell shell = new ScriptedShell();
    for (int i = 0; i < times; i++) {
      shell.on(
          "true",
          command -> {
            throw new ConnectionLostException("lost", null);
          });
    }
    return shell;
  }
}
