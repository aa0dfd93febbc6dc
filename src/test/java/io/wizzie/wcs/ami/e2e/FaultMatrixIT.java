package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  /** What goes wrong, and which ends of the build are right then. */
  enum Trouble {
    THROTTLED("throttled three times", Ends.BUILT) {
      @Override
      void addTo(ObjectNode fault) {
        fault.put("count", 3);
        error(fault, "RequestLimitExceeded", "Request limit exceeded.", 503);
      }
    },
    SERVER_ERROR("answers 500 twice", Ends.BUILT) {
      @Override
      void addTo(ObjectNode fault) {
        fault.put("count", 2);
        error(fault, "InternalError", "An internal error has occurred", 500);
      }
    },
    RESET_BEFORE("connection reset, without effect", Ends.BUILT) {
      @Override
      void addTo(ObjectNode fault) {
        fault.put("count", 1).put("connection", "reset");
      }
    },
    RESET_AFTER("connection reset, after the effect", Ends.BUILT_OR_CLEAN) {
      @Override
      void addTo(ObjectNode fault) {
        fault.put("count", 1).put("connection", "reset").put("afterEffect", true);
      }
    },
    STALLED("silent for 3 s, then reset", Ends.BUILT) {
      @Override
      void addTo(ObjectNode fault) {
        fault.put("count", 1).put("connection", "stall").put("stallFor", "3s");
      }
    },
    DENIED("not permitted", Ends.FAILED) {
      @Override
      void addTo(ObjectNode fault) {
        error(
            fault,
            "UnauthorizedOperation",
            "You are not authorized to perform this operation.",
            403);
      }
    };

    private final String told;
    private final Ends rightEnds;

    Trouble(String told, Ends rightEnds) {
      this.told = told;
      this.rightEnds = rightEnds;
    }

    abstract void addTo(ObjectNode fault);

    private static void error(ObjectNode fault, String code, String message, int status) {
      fault.putObject("error").put("code", code).put("message", message).put("status", status);
    }
  }

  /**
   * One build of the matrix.
   *
   * @param action of EC2
   */
  record Case(String action, Trouble trouble) {
    ObjectNode scenario() {
      ObjectNode scenario = JSON.createObjectNode().put("description", toString());
      ObjectNode fault = scenario.putArray("faults").addObject();
      fault.putArray("actions").add(action);
      trouble.addTo(fault);
      return scenario;
    }

    @Override
    public String toString() {
      return action + " " + trouble.told;
    }
  }

  static Stream<Case> cases() throws IOException {
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
  void leavesNothingAndSaysSo(Case matrixCase) throws IOException {
    run(matrixCase.toString(), matrixCase.scenario(), matrixCase.trouble().rightEnds);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatWasJustCreatedIsNotFoundAtFirst(String kind) throws IOException {
    ObjectNode scenario = JSON.createObjectNode().put("description", "late to be found: " + kind);
    scenario.putObject("eventualConsistency").put(kind, "4s");

    run("new " + kind + " is not found for 4 s", scenario, Ends.BUILT);
  }

  static Stream<String> kinds() {
    return EVERYTHING
        ? Stream.of("instance", "image", "security-group", "key-pair")
        : Stream.of("instance");
  }

  private static void run(String what, ObjectNode scenario, Ends rightEnds) throws IOException {
    try (Workplace workplace = Workplace.open()) {
      Path file = workplace.write("scenario.json", scenario.toString());
      workplace.run("local", "scenario", "set", file.toString()).requireSuccess();
      long began = System.nanoTime();
      Ended build = workplace.buildTrial();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      workplace.run("local", "scenario", "clear").requireSuccess();

      MATRIX.judge(new Matrix.Case(what, build, took, rightEnds, List.of()), workplace);
    }
  }

  /** The actions of a build that meets no trouble, from the region's own log. */
  private static Set<String> calledByABuild() throws IOException {
    try (Workplace workplace = Workplace.open()) {
      workplace.buildTrial().imageId();
      Set<String> actions = new TreeSet<>();
      for (String line :
          Files.readAllLines(workplace.stateFolder().resolve("log").resolve("actions.jsonl"))) {
        JsonNode entry = JSON.readTree(line);
        actions.add(entry.path("action").textValue());
      }
      assertThat(actions).contains("RunInstances", "CreateImage", "TerminateInstances");
      return actions;
    }
  }
}
