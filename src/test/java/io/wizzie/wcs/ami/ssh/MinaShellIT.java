package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.Sleeper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell against this machine's own OpenSSH server. */
@Timeout(300)
class MinaShellIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final KeyPair USER = SshKeys.generateEd25519();

  @TempDir Path folder;

  private OpenSshServer server;
  private RemoteShell shell;

  @BeforeEach
  void connect() throws Exception {
    server = new OpenSshServer(folder, USER.getPublic());
    shell =
        new MinaConnector(Clock.systemUTC(), Sleeper.real())
            .connect(server.target(), TestServer.identity(USER), LONG, line -> {});
  }

  @AfterEach
  void disconnect() {
    if (shell != null) {
      shell.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void returnsExitCodesAndSignals() {
    assertThat(run("echo out; echo err >&2; exit 3"))
        .isEqualTo(new CommandResult(3, "out\n", "err\n"));
    assertThat(run("kill -TERM $$").exitCode()).isEqualTo(143);
    assertThat(run("kill -KILL $$").exitCode()).isEqualTo(137);
  }

  @Test
  void passesWordsOnUnchanged() {
    List<String> words = List.of("a b", "it's", "$HOME", "`id`", "", "\\", "x\ny", "año");
    String command = ShellWords.join(List.of("printf", "[%s]")) + " " + ShellWords.join(words);
    assertThat(run(command).stdout()).isEqualTo("[" + String.join("][", words) + "]");
  }

  @Test
  void readsAFloodOfOutput() {
    AtomicLong count = new AtomicLong();
    CommandResult result =
        shell.run(
            RemoteCommand.of("seq 1 1000000", LONG).withOnLine(line -> count.incrementAndGet()));
    assertThat(count).hasValue(1_000_000);
    assertThat(result.stdout()).endsWith("\n999999\n1000000\n");
  }

  @Test
  void streamsInputThatArrivesWhole() {
    byte[] block = new byte[64 * 1024];
    new Random(1).nextBytes(block);
    CommandResult result =
        shell.run(
            RemoteCommand.of("wc -c; cat | wc -c", LONG)
                .withStdin(
                    stdin -> {
                      for (int i = 0; i < 384; i++) {
                        stdin.write(block);
                      }
                    }));
    assertThat(result.stdout()).isEqualTo("25165824\n0\n");
  }

  @Test
  void takesTheExitCodeOfACommandThatDoesNotReadItsInput() {
    CommandResult result =
        shell.run(
            RemoteCommand.of("exit 5", LONG)
                .withStdin(
                    stdin -> {
                      for (int i = 0; i < 10_000; i++) {
                        stdin.write(new byte[64 * 1024]);
                      }
                    }));
    assertThat(result.exitCode()).isEqualTo(5);
  }

  @Test
  void doesNotWaitForADaemonThatHoldsTheOutput() {
    long start = System.nanoTime();
    CommandResult result = run("sleep 200 & echo started $!");
    assertThat(result.exitCode()).isZero();
    assertThat(result.stdout()).startsWith("started ");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(100));
    run("kill " + result.stdout().replaceAll("\\D", ""));
  }

  @Test
  void saysThatTheConnectionWasLost() throws Exception {
    CompletableFuture<CommandResult> running =
        CompletableFuture.supplyAsync(
            () ->
                shell.run(
                    RemoteCommand.of("echo up; exec sleep 1000", LONG)
                        .withOnLine(line -> server.kill())));
    assertThatThrownBy(() -> running.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ConnectionLostException.class);
  }

  @Test
  void saysThatTheServerTakesNoMoreSessions() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (OpenSshServer narrow = new OpenSshServer(other, USER.getPublic(), "MaxSessions 1");
        RemoteShell one =
            new MinaConnector(Clock.systemUTC(), Sleeper.real())
                .connect(narrow.target(), TestServer.identity(USER), LONG, line -> {})) {
      assertThatThrownBy(
              () ->
                  one.run(
                      RemoteCommand.of("echo up; exec sleep 20", LONG)
                          .withOnLine(line -> one.run(RemoteCommand.of("exit 0", LONG)))))
          .hasMessageContaining("did not take the command")
          .hasMessageContaining("MaxSessions");
    }
  }

  @Test
  void speaksOnlyStrongAlgorithms() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (OpenSshServer verbose = new OpenSshServer(other, USER.getPublic(), "LogLevel DEBUG3")) {
      new MinaConnector(Clock.systemUTC(), Sleeper.real())
          .connect(verbose.target(), TestServer.identity(USER), LONG, line -> {})
          .close();
      String log = Files.readString(other.resolve("sshd.log"), StandardCharsets.UTF_8);
      assertThat(log)
          .contains("kex: algorithm: curve25519-sha256")
          .contains("kex: host key algorithm: ssh-ed25519")
          .contains("kex: client->server cipher: aes128-gcm@openssh.com")
          .contains("compression: none")
          .contains("will use strict KEX ordering");
    }
  }

  @Test
  void keepsUpSeveralCommandsOnOneConnection() throws Exception {
    List<CompletableFuture<CommandResult>> runs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String number = String.valueOf(i);
      runs.add(
          CompletableFuture.supplyAsync(
              () -> run("head -c 300000 /dev/zero | tr '\\0' " + number + "; exit " + number),
              command -> new Thread(command).start()));
    }
    for (int i = 0; i < runs.size(); i++) {
      CommandResult result = runs.get(i).get(60, TimeUnit.SECONDS);
      assertThat(result.exitCode()).isEqualTo(i);
      assertThat(result.stdout()).isEqualTo(String.valueOf(i).repeat(256 * 1024));
    }
  }

  @Test
  void whatTheLoginShellPrintsIsNotTheCommands() throws Exception {
    Files.writeString(
        Files.createDirectory(folder.resolve("noisy")).resolve(".bashrc"),
        """
        echo '{"noise": 1}'
        echo noise >&2
        trap 'echo bye' EXIT
        set -x
        """);
    try (RemoteShell noisy = connect("noisy")) {
      List<String> lines = new ArrayList<>();
      CommandResult result =
          noisy.run(
              RemoteCommand.of("cat; printf out; echo err >&2; exit 3", LONG)
                  .withStdin(stdin -> stdin.write("in\n".getBytes(StandardCharsets.UTF_8)))
                  .withOnLine(lines::add));
      assertThat(result).isEqualTo(new CommandResult(3, "in\nout", "err\n"));
      assertThat(lines).containsExactlyInAnyOrder("in", "out", "err");
      assertThat(noisy.run(RemoteCommand.of("seq 1 200000", LONG)).stdout())
          .endsWith("\n199999\n200000\n");
    }
  }

  @Test
  void aLoginShellThatEndsWithItsOwnCodeHidesNoFailure() throws Exception {
    String shell = "sh -c \"$SSH_ORIGINAL_COMMAND\"; echo bye; exit 0";
    try (RemoteShell polite = connect("polite", "ForceCommand " + shell)) {
      assertThat(polite.run(RemoteCommand.of("echo out; exit 3", LONG)))
          .isEqualTo(new CommandResult(3, "out\n", ""));
      assertThat(polite.run(RemoteCommand.of("kill -KILL $$", LONG)).exitCode()).isEqualTo(137);
      assertThat(polite.run(RemoteCommand.of("kill -KILL $PPID; sleep 1", LONG)).exitCode())
          .as("the command did not live to say how it ended")
          .isEqualTo(MinaShell.NOT_RUN);
    }
  }

  @Test
  void saysWhatALoginShellSaysThatRunsNoCommand() {
    assertThatThrownBy(
            () -> connect("useless", "ForceCommand echo 'Log in as admin, please.'").close())
        .hasMessageContaining("Log in as admin, please.");
  }

  private RemoteShell connect(String name, String... options) throws Exception {
    server.close();
    server =
        new OpenSshServer(Files.createDirectories(folder.resolve(name)), USER.getPublic(), options);
    return new MinaConnector(Clock.systemUTC(), Sleeper.real())
        .connect(server.target(), TestServer.identity(USER), LONG, line -> {});
  }

  private CommandResult run(String text) {
    return shell.run(RemoteCommand.of(text, LONG));
  }
}
