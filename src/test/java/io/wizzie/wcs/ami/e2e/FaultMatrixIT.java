package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Builds in whose way EC2 stands: every action that a build calls, with every trouble. Whatever
 * happens, the exit code tells the truth, and after {@code clean} nothing is left but what was
 * handed out.
 *
 * <p>{@code make test} runs a sample, {@code make soak} everything. Both write what came of it to
 * {@code target/fault-matrix.md}.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixIT {
  private static final boolean EVERYTHING = Boolean.getBoolean("wcs-ami.soak");
  private static final JsonMapper JSON = new JsonMapper();
  private static final Matrix MATRIX =
      new Matrix("Builds in whose way EC2 stands", Path.of("target/fault-matrix.md"));

  /**
   * One build of the matrix.
   *
   * @param action of EC2
   */
  record Case(String action, Trouble trouble) {
    ObjectNode scenario() {
      return trouble.scenario(action);
    }

    @Override
    public String toString() {
      return trouble.of(action);
    }
  }

  static Stream<Case> cases() {
    if (!EVERYTHING) {
      return Stream.of(
          new Case("RunInstances", Trouble.RESET_AFTER),
          new Case("CreateSecurityGroup", Trouble.RESET_AFTER),
          new Case("CreateImage", Trouble.SERVER_ERROR),
          new Case("DescribeInstances", Trouble.THROTTLED),
          new Case("TerminateInstances", Trouble.DENIED));
    }
    return calledByABuild().stream()
        .flatMap(action -> Stream.of(Trouble.values()).map(trouble -> new Case(action, trouble)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesNothingAndSaysSo(Case matrixCase) {
    run(matrixCase.toString(), matrixCase.scenario(), matrixCase.trouble().rightEnds());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatWasJustCreatedIsNotFoundAtFirst(String kind) {
    ObjectNode scenario = JSON.createObjectNode().put("description", "late to be found: " + kind);
    scenario.putObject("eventualConsistency").put(kind, "4s");

    run("new " + kind + " is not found for 4 s", scenario, Ends.BUILT);
  }

  /**
   * The client gives up an answer after a minute and asks again, with the same token or name: no
   * second instance or image may come of that.
   */
  @ParameterizedTest
  @ValueSource(strings = {"RunInstances", "CreateImage"})
  @EnabledIfSystemProperty(named = "wcs-ami.soak", matches = "true")
  void anAnswerThatComesAfterTheTimeoutIsAskedForAgain(String action) {
    ObjectNode scenario = JSON.createObjectNode().put("description", "too late: " + action);
    ObjectNode fault = scenario.putArray("faults").addObject().put("count", 1);
    fault.put("answerAfter", "100s").putArray("actions").add(action);

    run(action + " answers after 100 s", scenario, Ends.BUILT);
  }

  static Stream<String> kinds() {
    return EVERYTHING
        ? Stream.of("instance", "image", "security-group", "key-pair")
        : Stream.of("instance");
  }

  private static void run(String what, ObjectNode scenario, Ends rightEnds) {
    try (Workplace workplace = Workplace.open()) {
      workplace.stage(scenario);
      Ended build = workplace.buildTrial();
      workplace.unstage();

      MATRIX.judge(new Matrix.Case(what, build, rightEnds, List.of()), workplace);
    }
  }

  /** The actions of a build that meets no trouble, from the region's own log. */
  private static Set<String> calledByABuild() {
    try (Workplace workplace = Workplace.open()) {
      workplace.buildTrial().imageId();
      Set<String> actions = workplace.takeCalls();
      assertThat(actions).contains("RunInstances", "CreateImage", "TerminateInstances");
      return actions;
    }
  }
}
