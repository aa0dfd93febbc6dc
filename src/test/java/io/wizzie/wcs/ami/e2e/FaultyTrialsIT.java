package io.wizzie.wcs.ami.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code verify} and {@code audit} of an image while EC2 makes trouble: every action that each of
 * them calls, with every trouble. The exit code tells the truth, and after {@code clean} nothing is
 * there but the image, which they never touch.
 *
 * <p>One after the other, all with the same image. {@code make test} runs a sample, {@code make
 * soak} everything; the table is {@code target/fault-matrix-trials.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class FaultyTrialsIT {
  private static final Matrix MATRIX =
      new Matrix(
          "Trials of an image in whose way EC2 stands", Path.of("target/fault-matrix-trials.md"));

  private Workplace workplace;
  private String imageId;

  @BeforeAll
  void build() {
    workplace = Workplace.open();
    imageId = workplace.buildTrial().imageId();
  }

  @AfterAll
  void close() {
    workplace.close();
  }

  /** One command of the matrix. */
  record Case(String command, String action, Trouble trouble) {
    @Override
    public String toString() {
      return command + ": " + trouble.of(action);
    }
  }

  Stream<Case> cases() {
    return Boolean.getBoolean("wcs-ami.soak")
        ? Stream.of("verify", "audit").flatMap(this::everyCase)
        : Stream.of(
            new Case("verify", "RunInstances", Trouble.RESET_AFTER),
            new Case("audit", "TerminateInstances", Trouble.DENIED));
  }

  private Stream<Case> everyCase(String command) {
    Set<String> unused = workplace.takeCalls();
    run(command).requireSuccess();
    return workplace.takeCalls().stream()
        .flatMap(
            action ->
                Stream.of(Trouble.values()).map(trouble -> new Case(command, action, trouble)));
  }

  private Ended run(String command) {
    return workplace.run(
        command, imageId, "--region", "local", "--config", Workplace.TRIAL.toString());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesNothingButTheImageAndSaysSo(Case one) {
    workplace.stage(one.trouble().scenario(one.action()));
    Ended ended = run(one.command());
    workplace.unstage();

    MATRIX.judge(
        new Matrix.Case(one.toString(), ended, one.trouble().rightEnds(), List.of()),
        workplace,
        Matrix.isHonest(ended, workplace, imageId),
        imageId);
  }
}
