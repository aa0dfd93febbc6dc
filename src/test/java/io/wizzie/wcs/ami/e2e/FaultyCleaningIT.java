package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code clean} of a killed build while EC2 makes trouble: every action that it calls, with every
 * trouble. It says that nothing is left only where that is so, and the next {@code clean} removes
 * the rest.
 *
 * <p>{@code make test} runs a sample, {@code make soak} everything; the table is {@code
 * target/fault-matrix-clean.md}.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultyCleaningIT {
  private static final String[] CLEAN = {"clean", "--region", "local"};

  private static final Matrix MATRIX =
      new Matrix("Cleanings in whose way EC2 stands", Path.of("target/fault-matrix-clean.md"));

  /**
   * One cleaning of the matrix.
   *
   * @param lines of the journal when the build was killed
   */
  record Case(int lines, String action, Trouble trouble) {
    @Override
    public String toString() {
      return "clean: " + trouble.of(action);
    }
  }

  static Stream<Case> cases() {
    if (!Boolean.getBoolean("wcs-ami.soak")) {
      return Stream.of(new Case(CrashedBuild.IMAGED, "DeregisterImage", Trouble.RESET_AFTER));
    }
    Map<String, Integer> called = new TreeMap<>();
    for (int lines : List.of(CrashedBuild.LAUNCHED, CrashedBuild.IMAGED)) {
      try (Workplace workplace = Workplace.open()) {
        CrashedBuild.leave(workplace, lines);
        Set<String> unused = workplace.takeCalls();
        workplace.run(CLEAN).requireSuccess();
        // A pending image comes after the key pair is gone, or nearly so.
        workplace.takeCalls().forEach(action -> called.putIfAbsent(action, lines));
      }
    }
    assertThat(called).containsKeys("DeleteVolume", "DeleteSnapshot", "DeleteKeyPair");
    return called.entrySet().stream()
        .flatMap(
            action ->
                Stream.of(Trouble.values())
                    .map(trouble -> new Case(action.getValue(), action.getKey(), trouble)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysThatNothingIsLeftOnlyWhereThatIsSo(Case one) {
    try (Workplace workplace = Workplace.open()) {
      CrashedBuild.leave(workplace, one.lines());
      workplace.stage(one.trouble().scenario(one.action()));
      Ended ended = workplace.run(CLEAN);
      workplace.unstage();

      boolean nothingLeft = Matrix.difference(workplace).isEmpty();
      MATRIX.judge(
          new Matrix.Case(one.toString(), ended, one.trouble().rightEnds(), List.of()),
          workplace,
          // 1: it could not look, and says nothing of what is there.
          ended.exitCode() == 1 || (ended.exitCode() == 0) == nothingLeft);
    }
  }
}
