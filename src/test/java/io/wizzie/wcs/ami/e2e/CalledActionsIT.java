package io.wizzie.wcs.ami.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.ec2.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Which commands call which of the policy's actions, from the region's own log, so that none is
 * missing in the fault matrices. Written to {@code target/called-actions.md}.
 */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfSystemProperty(named = "wcs-ami.soak", matches = "true")
class CalledActionsIT {
  /** The policy has room for other ways to build, such as from a volume. */
  private static final List<String> NEVER =
      List.of(
          "AttachVolume",
          "CopyImage",
          "CreateSnapshot",
          "CreateVolume",
          "DescribeRegions",
          "DetachVolume",
          "GetPasswordData",
          "ModifyInstanceAttribute",
          "ModifySnapshotAttribute",
          "RegisterImage");

  private static final String[] LOCAL = {"--region", "local"};

  private final Map<String, List<String>> commands = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  @Test
  void everyActionOfThePolicyIsCalledOrKnownNotToBe() throws IOException {
    Policy.ACTIONS.forEach(action -> commands.put(action, new ArrayList<>()));
    assertThat(commands).hasSize(32);

    try (Workplace workplace = Workplace.open()) {
      callEverything(workplace);
    }
    write();

    assertThat(
            commands.entrySet().stream()
                .filter(action -> action.getValue().isEmpty())
                .map(Map.Entry::getKey))
        .containsExactlyElementsOf(NEVER);
  }

  private void callEverything(Workplace workplace) {
    called("plan", workplace, trial("plan"));
    String imageId = called("build", workplace, Workplace.trial()).imageId();
    called("build --verify", workplace, Workplace.trial("--verify"));
    called("verify", workplace, trial("verify", imageId));
    called("audit", workplace, trial("audit", imageId));
    called("list", workplace, with(List.of("list"), LOCAL));
    String pending = CrashedBuild.leave(workplace, CrashedBuild.IMAGED);
    Set<String> ofTheBuild = workplace.takeCalls();
    assertThat(ofTheBuild).contains("CreateImage");
    called("resume", workplace, "resume", pending);
    for (int lines : List.of(CrashedBuild.LAUNCHED, CrashedBuild.IMAGED)) {
      String unused = CrashedBuild.leave(workplace, lines);
      ofTheBuild = workplace.takeCalls();
      assertThat(ofTheBuild).contains("RunInstances");
      called("clean", workplace, with(List.of("clean"), LOCAL));
    }
  }

  private static String[] trial(String... command) {
    return with(List.of(command), "--region", "local", "--config", Workplace.TRIAL.toString());
  }

  private static String[] with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Ended called(String name, Workplace workplace, String... command) {
    Ended ended = workplace.run(command).requireSuccess();
    for (String action : workplace.takeCalls()) {
      List<String> callers = commands.get(action);
      assertThat(callers).as("the policy's action %s", action).isNotNull();
      if (!callers.contains(name)) {
        callers.add(name);
      }
    }
    return ended;
  }

  private void write() throws IOException {
    StringBuilder text = new StringBuilder("# Who calls which action of the policy\n\n");
    text.append("| action | commands |\n|---|---|\n");
    commands.forEach(
        (action, callers) ->
            text.append(
                "| %s | %s |%n"
                    .formatted(
                        action,
                        callers.isEmpty()
                            ? "never called by the tool"
                            : String.join(", ", callers))));
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "called-actions.md"), text);
  }
}
