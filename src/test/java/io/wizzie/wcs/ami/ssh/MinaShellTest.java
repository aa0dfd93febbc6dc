package io.wizzie.wcs.ami.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.ssh.FaultProxy.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.server.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MinaShellTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int MIB = 1024 * 1024;

  private final List<String> lines = new ArrayList<>();
  private TestServer server = new TestServer(TestServer.HOST);
  private RemoteShell shell = new NoShell();

  @BeforeEach
  void connect() throws IOException {
    server = TestServer.started();
    shell = server.connect();
  }

  @AfterEach
  void disconnect() throws IOException {
    shell.close();
    server.close();
  }

  @Test
  void returnsTheExitCodeAndBothOutputs() {
    server.program(
        "both",
        (in, out, err) -> {
          print(out, "año\n");
          print(err, "oops\n");
          return 3;
        });
    CommandResult result = run("both");
    assertThat(result).isEqualTo(new CommandResult(3, "año\n", "oops\n"));
    assertThat(lines).containsExactlyInAnyOrder("año", "oops");
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void endsTheInputOfACommandThatGetsNone() {
    server.program("cat", (in, out, err) -> in.readAllBytes().length);
    assertThat(run("cat").exitCode()).isZero();
  }

  @Test
  void handsOnLinesWhileTheCommandRuns() {
    CountDownLatch seen = new CountDownLatch(1);
    server.program(
        "trickle",
        (in, out, err) -> {
          print(out, "fir");
          print(out, "st\nsecond");
          return seen.await(20, TimeUnit.SECONDS) ? 0 : 1;
        });
    CommandResult result =
        shell.run(
            RemoteCommand.of("trickle", LONG)
                .withOnLine(
                    line -> {
                      lines.add(line);
                      seen.countDown();
                    }));
    assertThat(result.exitCode()).isZero();
    assertThat(lines).containsExactly("first", "second");
  }

  @Test
  void keepsTheEndOfAFloodOfOutput() {
    server.program(
        "flood",
        (in, out, err) -> {
          for (int i = 0; i < 200_000; i++) {
            out.write("line %7d of a flood\n".formatted(i).getBytes(StandardCharsets.US_ASCII));
          }
          return 0;
        });
    AtomicLong count = new AtomicLong();
    CommandResult result =
        shell.run(RemoteCommand.of("flood", LONG).withOnLine(line -> count.incrementAndGet()));
    assertThat(count).hasValue(200_000);
    assertThat(result.stdout()).hasSize(256 * 1024).endsWith(" 199999 of a flood\n");
  }

  @Test
  void boundsWhatWaitsForASlowListener() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch quiet = new CountDownLatch(1);
    AtomicLong sent = new AtomicLong();
    server.program(
        "flood",
        (in, out, err) -> {
          print(out, "go\n");
          byte[] block = "0123456789abcdef".repeat(2048).getBytes(StandardCharsets.US_ASCII);
          for (int i = 0; i < 512; i++) {
            out.write(block);
            sent.addAndGet(block.length);
          }
          return 0;
        });
    server.program("quick", (in, out, err) -> 0);
    CompletableFuture<CommandResult> flood =
        CompletableFuture.supplyAsync(
            () ->
                shell.run(
                    RemoteCommand.of("flood", LONG)
                        .withOnLine(
                            line -> {
                              quiet.countDown();
                              awaitQuietly(reading);
                            })));
    assertThat(quiet.await(20, TimeUnit.SECONDS)).isTrue();
    // A listener that does not return holds up neither other commands nor memory.
    for (int i = 0; i < 10; i++) {
      assertThat(run("quick").exitCode()).isZero();
    }
    assertThat(sent.get()).isLessThan(6L * MIB);
    reading.countDown();
    assertThat(flood.get(30, TimeUnit.SECONDS).exitCode()).isZero();
    assertThat(sent.get()).isEqualTo(16L * MIB);
  }

  @Test
  void streamsInputNoFasterThanItIsRead() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    AtomicLong written = new AtomicLong();
    server.program(
        "count",
        (in, out, err) -> {
          awaitQuietly(reading);
          print(out, in.readAllBytes().length + "\n");
          return 0;
        });
    server.program("quick", (in, out, err) -> 0);
    CompletableFuture<CommandResult> count =
        CompletableFuture.supplyAsync(
            () ->
                shell.run(
                    RemoteCommand.of("count", LONG)
                        .withStdin(
                            stdin -> {
                              byte[] block = new byte[100_000];
                              for (int i = 0; i < 240; i++) {
                                stdin.write(block);
                                written.addAndGet(block.length);
                              }
                            })));
    for (int i = 0; i < 10; i++) {
      run("quick");
    }
    assertThat(written.get()).isLessThan(6L * MIB);
    reading.countDown();
    assertThat(count.get(30, TimeUnit.SECONDS).stdout()).isEqualTo("24000000\n");
  }

  @Test
  void takesTheExitCodeOfACommandThatDoesNotReadItsInput() {
    server.program("refuse", (in, out, err) -> 7);
    CommandResult result =
        shell.run(
            RemoteCommand.of("refuse", LONG)
                .withStdin(
                    stdin -> {
                      while (true) {
                        stdin.write(new byte[MIB]);
                      }
                    }));
    assertThat(result.exitCode()).isEqualTo(7);
  }

  @Test
  void failsWhenTheInputCannotBeProduced() {
    server.program("cat", (in, out, err) -> in.readAllBytes().length == 0 ? 0 : 1);
    assertThatThrownBy(
            () ->
                shell.run(
                    RemoteCommand.of("cat", LONG)
                        .withStdin(
                            stdin -> {
                              stdin.write(1);
                              throw new IOException("bundle.tar.gz: no such file");
                            })))
        .isInstanceOfSatisfying(
            BuildException.class, e -> assertThat(e.category()).isEqualTo(Category.HOST))
        .hasMessageContaining("`cat`")
        .hasMessageContaining("bundle.tar.gz: no such file");
    assertThat(run("exit 0").succeeded()).isTrue();
  }

  @Test
  void aShortCommandMayTakeAsLongAsIsConfigured() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    server.program("hang", (in, out, err) -> hang(stopped));
    try (RemoteShell hasty =
        new MinaConnector(new TestTime(), duration -> {})
            .with(Duration.ofSeconds(20), Duration.ZERO, Duration.ofMillis(300))
            .connect(server.target(), TestServer.identity(), Duration.ofSeconds(20), line -> {})) {
      assertThatThrownBy(() -> hasty.run(RemoteCommand.brief("hang")))
          .hasMessageStartingWith("`hang` did not end within 300ms (timeouts.guestCommand)");
      assertThat(hasty.run(RemoteCommand.of("exit 0", Duration.ofSeconds(20))).succeeded())
          .isTrue();
    }
  }

  @Test
  void stopsACommandThatTakesTooLong() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    server.program(
        "hang",
        (in, out, err) -> {
          print(out, "working on it\n");
          return hang(stopped);
        });
    BuildException e =
        catchThrowableOfType(
            BuildException.class,
            () -> shell.run(RemoteCommand.of("hang", Duration.ofMillis(300), "some.timeout")));
    assertThat(e.category()).isEqualTo(Category.GUEST);
    assertThat(e)
        .hasMessage(
            "`hang` did not end within 300ms (some.timeout) and was stopped. It last printed:\n"
                + "working on it");
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(server.signals()).containsExactly(Signal.TERM);
    assertThat(run("exit 0").succeeded()).isTrue();
  }

  @Test
  void takesASilentLineForLostAndNotForACommandThatHangs() throws Exception {
    server.program("quick", (in, out, err) -> 0);
    try (FaultProxy line = new FaultProxy("127.0.0.1", server.target().port());
        RemoteShell over = server.connect(line.port())) {
      line.arm(Fault.STALL, false, 100);

      assertThatThrownBy(() -> over.run(RemoteCommand.of("quick", Duration.ofMillis(500))))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("ended before `quick` reported its exit status");
      assertThat(line.struck()).isTrue();
    }
  }

  @Test
  void doesNotBeginACommandWhoseTimeHasPassed() {
    RemoteCommand late = RemoteCommand.of("late", Duration.ofMillis(-1), "provision.timeout");

    assertThatThrownBy(() -> shell.run(late))
        .isInstanceOf(BuildException.class)
        .hasMessage("No time is left for `late` (provision.timeout).");
  }

  @Test
  void stopsACommandWhoseInputStalls() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean freed = new AtomicBoolean();
    server.program("hang", (in, out, err) -> hang(never));
    assertThatThrownBy(
            () ->
                shell.run(
                    RemoteCommand.of("hang", Duration.ofMillis(300))
                        .withStdin(
                            stdin -> {
                              try {
                                while (true) {
                                  stdin.write(new byte[MIB]);
                                }
                              } finally {
                                freed.set(true);
                                never.countDown();
                              }
                            })))
        .hasMessageContaining("It printed nothing.");
    awaitQuietly(never);
    assertThat(freed).isTrue();
  }

  @Test
  void stopsACommandWhenInterrupted() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    server.program(
        "hang",
        (in, out, err) -> {
          started.countDown();
          return hang(stopped);
        });
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CompletableFuture<BuildException> failure = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              failure.complete(catchThrowableOfType(BuildException.class, () -> run("hang")));
              flag.complete(Thread.currentThread().isInterrupted());
            });
    thread.start();
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    BuildException e = failure.get(20, TimeUnit.SECONDS);
    assertThat(e.category()).isEqualTo(Category.INTERRUPTED);
    assertThat(e).hasMessageContaining("waiting for a command on admin@127.0.0.1");
    assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(run("exit 0").succeeded()).isTrue();
  }

  @Test
  void startsNothingOnAnInterruptedThread() {
    AtomicBoolean ran = new AtomicBoolean();
    server.program(
        "touch",
        (in, out, err) -> {
          ran.set(true);
          return 0;
        });
    Thread.currentThread().interrupt();
    BuildException e = catchThrowableOfType(BuildException.class, () -> run("touch"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.category()).isEqualTo(Category.INTERRUPTED);
    run("exit 0");
    assertThat(ran).isFalse();
  }

  @Test
  void saysThatTheConnectionWasLost() {
    CountDownLatch never = new CountDownLatch(1);
    server.program(
        "reboot",
        (in, out, err) -> {
          server.dropConnections();
          return hang(never);
        });
    assertThatThrownBy(() -> run("reboot"))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("admin@127.0.0.1 ended before `reboot` reported its exit status");
    assertThatThrownBy(() -> run("exit 0")).isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void handsOnAllOutputThatCameBeforeTheConnectionWasLost() {
    RemoteCommand command =
        RemoteCommand.of("last words", LONG)
            .withOnLine(
                line -> {
                  lines.add(line);
                  server.dropConnections();
                });
    server.program(
        "last words",
        (in, out, err) -> {
          print(out, "converged\nrebooting");
          return hang(new CountDownLatch(1));
        });
    assertThatThrownBy(() -> shell.run(command)).isInstanceOf(ConnectionLostException.class);
    assertThat(lines).containsExactly("converged", "rebooting");
  }

  @Test
  void runsCommandsSideBySide() throws Exception {
    CountDownLatch both = new CountDownLatch(4);
    server.program(
        "meet",
        (in, out, err) -> {
          both.countDown();
          return both.await(20, TimeUnit.SECONDS) ? 0 : 1;
        });
    List<CompletableFuture<CommandResult>> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(
          CompletableFuture.supplyAsync(
              () -> shell.run(RemoteCommand.of("meet", LONG)),
              command -> new Thread(command).start()));
    }
    for (CompletableFuture<CommandResult> run : runs) {
      assertThat(run.get(30, TimeUnit.SECONDS).exitCode()).isZero();
    }
  }

  @Test
  void passesOnWhatTheListenerThrows() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    server.program(
        "talk",
        (in, out, err) -> {
          print(out, "hello\n");
          return hang(stopped);
        });
    assertThatThrownBy(
            () ->
                shell.run(
                    RemoteCommand.of("talk", LONG)
                        .withOnLine(
                            line -> {
                              throw new IllegalStateException("did not like " + line);
                            })))
        .hasMessage("did not like hello");
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void requiresACommandToSucceed() {
    assertThatThrownBy(() -> shell.require(RemoteCommand.of("nothing", LONG), "Installing Chef"))
        .hasMessage("Installing Chef failed with exit code 127:\nnothing: not found");
  }

  @Test
  void closesWithoutWaitingForCommands() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    server.program(
        "hang",
        (in, out, err) -> {
          started.countDown();
          return hang(new CountDownLatch(1));
        });
    CompletableFuture<CommandResult> hang =
        CompletableFuture.supplyAsync(() -> shell.run(RemoteCommand.of("hang", LONG)));
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    shell.close();
    shell.close();
    assertThatThrownBy(() -> hang.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ConnectionLostException.class);
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    shell.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("sshd-SshClient")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private CommandResult run(String text) {
    return shell.run(RemoteCommand.of(text, LONG).withOnLine(lines::add));
  }

  /** Never ends by itself; says when the server ended it. */
  private static int hang(CountDownLatch stopped) {
    try {
      new CountDownLatch(1).await();
      return 0;
    } catch (InterruptedException e) {
      return 143;
    } finally {
      stopped.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void print(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Stands before the real one is connected. */
  private static final class NoShell implements RemoteShell {
    @Override
    public CommandResult run(RemoteCommand command) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
