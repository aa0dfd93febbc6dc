package io.wizzie.wcs.ami.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LockFileTest {
  private static final int QUESTIONS = 2_000;

  @TempDir Path folder;
  private final List<Process> others = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private Path file;

  /** Another process: asks, or holds the lock until it is killed. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws Exception {
      Path file = Path.of(args[1]);
      switch (args[0]) {
        case "ask" -> {
          System.out.println("begins");
          System.out.println(timesTaken(file));
        }
        case "share" -> hold(LockFile.tryShare(file, Duration.ofSeconds(9)));
        default -> hold(LockFile.tryTake(file, Duration.ofSeconds(9)));
      }
    }

    private static void hold(Optional<LockFile> lock) throws IOException {
      System.out.println(lock.isPresent() ? "held" : "not held");
      int unused = System.in.read();
    }
  }

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("the.lock");
  }

  @AfterEach
  void endTheOthers() throws InterruptedException {
    threads.shutdownNow();
    killTheOthers();
  }

  private void killTheOthers() throws InterruptedException {
    for (Process other : others) {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void whoeverAsksIsNotTakenForAHolderByOthersWhoAsk() throws Exception {
    Files.createFile(file);
    List<BufferedReader> answers = List.of(start("ask", "begins"), start("ask", "begins"));

    assertThat(timesTaken(file)).isZero();
    for (BufferedReader answer : answers) {
      assertThat(answer.readLine()).isEqualTo("0");
    }
  }

  @Test
  void whoeverAsksKeepsNobodyFromTheLock() throws Exception {
    Files.createFile(file);
    start("ask", "begins");

    for (int i = 0; i < 200; i++) {
      LockFile.tryTake(file, Duration.ofSeconds(5)).orElseThrow().close();
    }
  }

  @Test
  void aLockIsGivenBackWhenItsProcessIsKilled() throws Exception {
    start("take", "held");

    assertThat(LockFile.isTaken(file)).isTrue();
    assertThat(LockFile.tryTake(file, Duration.ZERO)).isEmpty();
    assertThat(LockFile.tryShare(file, Duration.ZERO)).isEmpty();
    killTheOthers();
    assertThat(LockFile.isTaken(file)).isFalse();
    LockFile.tryTake(file, Duration.ZERO).orElseThrow().remove();
    assertThat(file).doesNotExist();
  }

  @Test
  void manyShareALockThatNobodyHasForHimselfThen() throws Exception {
    start("share", "held");

    LockFile one = LockFile.tryShare(file, Duration.ZERO).orElseThrow();
    LockFile two = LockFile.tryShare(file, Duration.ZERO).orElseThrow();
    assertThat(LockFile.isTaken(file)).isFalse();
    one.close();
    one.close();
    killTheOthers();
    assertThat(LockFile.tryTake(file, Duration.ZERO)).isEmpty();
    two.close();
    assertThat(LockFile.tryTake(file, Duration.ZERO)).isPresent();
  }

  @Test
  void anInterruptBeforeIsKeptUntilTheWorkIsDone() throws Exception {
    start("take", "held");
    AtomicBoolean interruptedAtWork = new AtomicBoolean(true);
    Path written = folder.resolve("written");
    Future<Boolean> interruptedAfterwards =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              LockFile.locked(
                  file,
                  () -> {
                    interruptedAtWork.set(Thread.currentThread().isInterrupted());
                    return write(written);
                  });
              return Thread.interrupted();
            });
    awaitWaiting();
    killTheOthers();

    assertThat(interruptedAfterwards.get()).isTrue();
    assertThat(interruptedAtWork).isFalse();
    assertThat(written).hasContent("done");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptEndsTheWaiting(boolean forLong) throws Exception {
    start("take", "held");
    Future<BuildException.Category> category =
        threads.submit(
            () -> {
              try {
                Supplier<BuildException.Category> work = () -> BuildException.Category.HOST;
                return forLong ? LockFile.lockedForLong(file, work) : LockFile.locked(file, work);
              } catch (BuildException ended) {
                return ended.category();
              }
            });
    awaitWaiting().interrupt();

    assertThat(category.get()).isEqualTo(BuildException.Category.INTERRUPTED);
  }

  @Test
  void threadsTakeTurns() throws Exception {
    int[] count = {0};
    List<Future<?>> turns = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      turns.add(threads.submit(() -> LockFile.locked(file, () -> count[0] = count[0] + 1)));
    }
    for (Future<?> turn : turns) {
      turn.get();
    }

    assertThat(count[0]).isEqualTo(200);
  }

  private static Path write(Path file) {
    try {
      return PrivateFiles.write(file, "done");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int timesTaken(Path file) {
    int taken = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      taken += LockFile.isTaken(file) ? 1 : 0;
    }
    return taken;
  }

  /** The thread that waits for the lock in the kernel. */
  private static Thread awaitWaiting() {
    while (true) {
      for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
        if (Arrays.stream(each.getValue()).anyMatch(at -> at.getMethodName().equals("lock0"))) {
          return each.getKey();
        }
      }
      Thread.onSpinWait();
    }
  }

  private BufferedReader start(String what, String firstLine) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                codeOf(LockFile.class) + ":" + codeOf(LockFileTest.class),
                Other.class.getName(),
                what,
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    others.add(other);
    BufferedReader output =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
    assertThat(output.readLine()).isEqualTo(firstLine);
    return output;
  }

  private static String codeOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
