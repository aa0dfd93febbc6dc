package io.wizzie.wcs.ami.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.cli.report.RegionListing;
import io.wizzie.wcs.ami.ec2.ProjectResources.ProjectImage;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that a message prints leads to where the command that printed it was. */
class PrintedCommandsTest {
  private static final String BUILD = "wcs-20260304-050607-abcdef";
  private static final Pattern COMMAND =
      Pattern.compile(
          "wcs-ami (?:clean|resume|policy|plan|build|local)\\b[^\\n]*?(?=\\)|  |\\n|$)");

  @TempDir private Path folder;
  private CommandLineRun program = new CommandLineRun(Path.of("."));

  @BeforeEach
  void startWhereVariablesSayWho() {
    program = new CommandLineRun(folder);
    program.variables.put("AWS_PROFILE", "seller");
    program.variables.put("AWS_ENDPOINT_URL_EC2", "http://127.0.0.1:9");
    program.variables.put("WCS_AMI_STATE_DIR", "/state");
  }

  @Test
  void ofABuildThatLeavesSomething() {
    program.parts.script = events -> new BuildOutcome.Built(Results.built(List.of(Results.GROUP)));
    program.run("build", "--region", "local");

    allLead(1);
  }

  @Test
  void ofABuildThatBreaksOff() {
    program.parts.script = this::creates;
    program.run("build", "--region", "local");

    allLead(1);
  }

  @Test
  void ofABuildThatIsEndedInItsCleanup() {
    program.parts.script =
        events -> {
          events.accept(
              new BuildEvent.ResourceCreated(
                  program.clock.instant(), new ResourceId("local", ResourceKind.INSTANCE, "i-1")));
          program.interrupt();
          program.clock.step(Duration.ofSeconds(1));
          program.interrupt();
          throw new IllegalStateException("ended");
        };
    program.run("build", "--region", "local");

    allLead(2);
  }

  @Test
  void ofABuildThatCannotBeResumed() {
    program.run("resume", BUILD, "--region", "local");

    allLead(1);
  }

  @Test
  void ofAListThatHasAnInterruptedBuild() {
    program.parts.listing =
        new RegionListing(
            "local",
            List.of(
                new ProjectImage(
                    "ami-1", "wcs", BUILD, "pending", false, Instant.EPOCH, List.of())),
            List.of());
    program.run("list", "--region", "local");

    allLead(1);
  }

  @Test
  void ofAPlanThatIsRefused() {
    program.parts.previewProblems = List.of("The name is taken.");
    program.parts.permissions = List.of(PlanAndPolicyTest.denied("ec2:CreateImage"));
    program.run("plan", "--region", "local", "--set", "version=2.0.0");

    allLead(1);
    assertThat(program.stderr()).contains("wcs-ami policy --set version=2.0.0 ");
  }

  @Test
  void ofTheLocalRegionsStatus() {
    program.run("local", "status");

    assertThat(program.stdout()).contains("wcs-ami local up --state-dir /state\n");
  }

  private BuildOutcome creates(java.util.function.Consumer<BuildEvent> events) {
    events.accept(
        new BuildEvent.ResourceCreated(
            program.clock.instant(), new ResourceId("local", ResourceKind.INSTANCE, "i-1")));
    throw new BuildException(Category.HOST, "gone");
  }

  private void allLead(int count) {
    List<String> commands =
        COMMAND.matcher(program.stderr()).results().map(MatchResult::group).toList();
    assertThat(commands)
        .hasSize(count)
        .allMatch(
            command ->
                command.endsWith(
                    " --region local --profile seller --endpoint-url http://127.0.0.1:9"
                        + " --state-dir /state"));
  }
}
