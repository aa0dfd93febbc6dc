package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.audit.AuditReport;
import io.wizzie.wcs.ami.audit.Check;
import io.wizzie.wcs.ami.audit.Finding;
import io.wizzie.wcs.ami.audit.Severity;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.BuildOptions.Verify;
import io.wizzie.wcs.ami.ec2.Policy;
import io.wizzie.wcs.ami.ec2.ProjectResources;
import io.wizzie.wcs.ami.event.BuildEvent.StageFinished;
import io.wizzie.wcs.ami.event.BuildEvent.StageStarted;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Built;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Failed;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Verified;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import io.wizzie.wcs.ami.pipeline.result.Verification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Images that are tried out: by the build that makes them, and by themselves. */
class VerifiedBuildTest {
  @TempDir Path output;
  private BuildBench bench;

  @BeforeEach
  void setUp() {
    bench = new BuildBench(output);
    bench.verify = Verify.REMOVE_FAILING;
  }

  @Test
  void triesTheImageOutBeforeItIsMarkedAsFinished() {
    BuildOutcome outcome = bench.run();

    BuildResult result = ((Built) outcome).result();
    assertThat(bench.events(StageStarted.class).stream().map(StageStarted::name))
        .containsExactlyInAnyOrderElementsOf(Stage.ofBuild().stream().map(Stage::id).toList())
        .containsSubsequence(
            Stage.ofBuild().stream()
                .map(Stage::id)
                .filter(name -> !name.equals("bundle"))
                .toArray(String[]::new));
    assertThat(result.verification()).isNotNull();
    assertThat(result.verification().imageId()).isEqualTo(result.imageId());
    assertThat(result.verification().trials())
        .extracting(Verification.Trial::name)
        .containsExactly("plain", "user-data");
    assertThat(bench.ec2.leftovers())
        .containsExactlyInAnyOrder(result.imageId(), result.snapshotIds().get(0));
    assertThat(bench.guest.openShells).isZero();
  }

  @Test
  void launchesAsABuyerWould() {
    String imageId = ((Built) bench.run()).result().imageId();

    List<RunInstancesRequest> trials = bench.ec2.launches.subList(1, 3);
    assertThat(trials)
        .allSatisfy(
            launch -> {
              assertThat(launch.imageId()).isEqualTo(imageId);
              assertThat(launch.instanceTypeAsString()).isEqualTo("t3.xlarge");
              assertThat(launch.keyName()).isEqualTo(bench.buildId + "-trial");
              // The image's own, as far as a buyer can do without.
              assertThat(launch.metadataOptions()).isNull();
              assertThat(launch.iamInstanceProfile()).isNull();
              assertThat(launch.instanceInitiatedShutdownBehavior()).isNull();
              assertThat(launch.blockDeviceMappings())
                  .allSatisfy(
                      device -> {
                        assertThat(device.ebs().deleteOnTermination()).isTrue();
                        assertThat(device.ebs().volumeSize()).isNull();
                      });
              assertThat(launch.tagSpecifications()).hasSize(3);
            });
    assertThat(trials.get(0).userData()).isNull();
    assertThat(
            new String(
                Base64.getDecoder().decode(trials.get(1).userData()), StandardCharsets.UTF_8))
        .startsWith("#cloud-config\n")
        .contains("runcmd:", "write_files:", "users:");
    assertThat(trials).extracting(RunInstancesRequest::clientToken).doesNotHaveDuplicates();
    assertThat(Policy.ACTIONS).containsAll(bench.ec2.faults.calls());
    assertThat(bench.guest.target).isNotNull();
    assertThat(bench.guest.target.hostKey()).as("nobody has told it").isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Category.class,
      names = {"CHECK", "GUEST", "ACCESS"})
  void handsOutNoImageThatFails(Category category) {
    bench.guest.failsAt = "awaitFirstBoot";
    bench.guest.failure = new BuildException(category, "failing resource: wcs[x]\nthe tail");

    BuildOutcome outcome = bench.run();

    assertThat(BuildBench.failure(outcome).category()).isEqualTo(Category.CHECK);
    assertThat(BuildBench.failure(outcome))
        .hasMessageContaining("does not pass on instance i-")
        .hasMessageContaining("failing resource: wcs[x]\nthe tail");
    assertThat(outcome.leftovers()).isEmpty();
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(bench.failedStages()).containsExactly("verify-boot");
  }

  @Test
  void blamesTheImageForNothingThatEc2Did() {
    bench.guest.failsAt = "smokeChecks";
    bench.guest.failure = new BuildException(Category.EC2, "The instance was taken away");

    BuildOutcome outcome = bench.run();

    assertThat(BuildBench.failure(outcome).category()).isEqualTo(Category.EC2);
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaitFirstBoot", "smokeChecks"})
  void keepsAnImageThatFailsWhenAsked(String step) {
    bench.verify = Verify.KEEP_FAILING;
    bench.guest.failsAt = step;
    bench.guest.failure = new BuildException(Category.CHECK, "Told to fail");

    Failed outcome = (Failed) bench.run();

    assertThat(outcome.leftovers())
        .extracting(each -> each.resource().kind().toString())
        .containsExactly("image", "snapshot");
    assertThat(bench.events(StageFinished.class))
        .last()
        .satisfies(stage -> assertThat(stage.result()).isEqualTo("2 kept on purpose"));
    assertThat(outcome.leftovers())
        .allSatisfy(left -> assertThat(left.reason()).contains("--keep"))
        .allSatisfy(left -> assertThat(left.removal()).startsWith("aws ec2 de"));
    assertThat(bench.ec2.leftovers())
        .containsExactlyInAnyOrderElementsOf(
            outcome.leftovers().stream().map(each -> each.resource().id()).toList());
    assertThat(new ProjectResources(bench.ec2.connection()).images())
        .singleElement()
        .satisfies(image -> assertThat(image.finished()).isFalse());
  }

  @Test
  void leavesNothingUnnamedWhicheverCallIsRefused() {
    List<String> calls = callsOfAVerifiedBuild();
    for (int number = 0; number < calls.size(); number++) {
      BuildBench refused = new BuildBench(output.resolve("refused-" + number));
      refused.verify = Verify.REMOVE_FAILING;
      refused.ec2.faults.refuseCall(number, "UnauthorizedOperation");

      requireNothingUnnamed(refused, calls.get(number) + ", call " + number + ", refused");
    }
  }

  @Test
  void leavesNothingUnnamedWhicheverAnswerIsLost() {
    List<String> calls = callsOfAVerifiedBuild();
    for (int number = 0; number < calls.size(); number++) {
      BuildBench lost = new BuildBench(output.resolve("lost-" + number));
      lost.verify = Verify.REMOVE_FAILING;
      lost.ec2.faults.loseAnswerOfCall(number);

      requireNothingUnnamed(lost, calls.get(number) + ", call " + number + ", answer lost");
    }
  }

  private List<String> callsOfAVerifiedBuild() {
    BuildBench all = new BuildBench(output.resolve("all"));
    all.verify = Verify.REMOVE_FAILING;
    assertThat(all.run()).isInstanceOf(Built.class);
    return List.copyOf(all.ec2.faults.calls());
  }

  private static void requireNothingUnnamed(BuildBench bench, String description) {
    BuildOutcome outcome = bench.run();
    List<String> left = new ArrayList<>(bench.ec2.leftovers());
    if (outcome instanceof Built built) {
      left.remove(built.result().imageId());
      left.removeAll(built.result().snapshotIds());
    }
    assertThat(outcome.leftovers())
        .as(description)
        .extracting(each -> each.resource().id())
        .containsAll(left);
    assertThat(bench.guest.openShells).as(description).isZero();
  }

  @Test
  void auditsWhatItHasLaunchedAndHandsOutNoImageThatDoesNotPass() {
    bench.guest.launchedAudit =
        new AuditReport(
            List.of(),
            List.of(new Finding(Check.PRIVATE_KEYS, Severity.ERROR, "/tmp/k", 1, "a key", null)));

    BuildOutcome outcome = bench.run();

    assertThat(BuildBench.failure(outcome).category()).isEqualTo(Category.CHECK);
    assertThat(BuildBench.failure(outcome)).hasMessageContaining("/tmp/k:1");
    assertThat(bench.failedStages()).containsExactly("verify-audit");
    assertThat(bench.ec2.launches).as("the builder and two trial instances").hasSize(3);
    assertThat(outcome.leftovers()).isEmpty();
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void triesOutAnImageByItselfAndLeavesItAsItIs() {
    BuildOutcome outcome = bench.verifyImage("ami-source");

    assertThat(outcome).isInstanceOf(Verified.class);
    assertThat(((Verified) outcome).verification().trials()).hasSize(2);
    assertThat(bench.finishedStages())
        .containsExactly(
            "resolve",
            "verify-launch",
            "verify-boot",
            "verify-checks",
            "verify-user-data",
            "remove");
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(bench.ec2.images).containsKey("ami-source");
  }

  @Test
  void makesNothingForAnImageThatIsNotThere() {
    Failed outcome = (Failed) bench.verifyImage("ami-none");

    assertThat(outcome.failure().category()).isEqualTo(Category.CONFIGURATION);
    assertThat(outcome.nothingCreated()).isTrue();
  }

  @Test
  void leavesAnImageOfSomebodysThatFailsAsItIs() {
    bench.guest.failsAt = "smokeChecks";
    bench.guest.failure = new BuildException(Category.CHECK, "Told to fail");

    Failed outcome = (Failed) bench.verifyImage("ami-source");

    assertThat(outcome.failure().category()).isEqualTo(Category.CHECK);
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(bench.ec2.images).containsKey("ami-source");
  }
}
