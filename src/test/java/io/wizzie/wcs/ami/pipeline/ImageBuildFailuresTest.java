package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.BuildOptions.OnError;
import io.wizzie.wcs.ami.config.Problem;
import io.wizzie.wcs.ami.ec2.FakeEc2;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.BuildEvent.ResourceLeft;
import io.wizzie.wcs.ami.event.BuildEvent.StageFailed;
import io.wizzie.wcs.ami.event.BuildEvent.StageFinished;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Built;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Failed;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Interrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds that fail, at every call and at every step. */
class ImageBuildFailuresTest {
  @TempDir private static Path common;
  @TempDir Path output;
  private BuildBench bench;

  @BeforeEach
  void setUp() {
    bench = new BuildBench(output);
  }

  @AfterEach
  void clearTheInterrupt() {
    boolean unused = Thread.interrupted();
  }

  /** The calls of a build that succeeds, each with its number. */
  static Stream<Call> calls() throws IOException {
    BuildBench bench = new BuildBench(Files.createTempDirectory(common, "calls"));
    assertThat(bench.run()).isInstanceOf(Built.class);
    List<Call> calls = new ArrayList<>();
    for (String action : bench.ec2.faults.calls()) {
      calls.add(new Call(calls.size(), action));
    }
    return calls.stream();
  }

  record Call(int number, String action) {
    @Override
    public String toString() {
      return number + " " + action;
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void leavesNothingUnnamedWhenEc2RefusesACall(Call call) {
    bench.ec2.faults.refuseCall(call.number(), "UnauthorizedOperation");

    BuildOutcome outcome = bench.run();

    assertNothingIsLeftUnnamed(outcome);
    if (outcome instanceof Failed failed) {
      assertThat(failed.failure().category()).isEqualTo(Category.EC2);
      assertThat(failed.failure()).hasMessageContaining("Allow ec2:" + call.action());
      assertThat(failed.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void leavesNothingUnnamedWhenTheAnswerToACallIsLost(Call call) {
    bench.ec2.faults.loseAnswerOfCall(call.number());

    BuildOutcome outcome = bench.run();

    assertNothingIsLeftUnnamed(outcome);
    assertThat(outcome.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void removesEverythingWhenInterruptedInACall(Call call) {
    bench.ec2.faults.interruptCall(call.number(), Thread.currentThread());

    BuildOutcome outcome = bench.run();

    assertThat(Thread.interrupted()).as("the flag is set again").isTrue();
    assertThat(outcome.leftovers()).isEmpty();
    assertNothingIsLeftUnnamed(outcome);
    if (!(outcome instanceof Built)) {
      assertThat(outcome).isInstanceOf(Interrupted.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bundle",
        "connect",
        "awaitReady",
        "installChef",
        "converge",
        "installHook",
        "clean"
      })
  void removesEverythingWhenAStepInTheGuestFails(String step) {
    bench.guest.failsAt = step;

    BuildOutcome outcome = bench.run();

    assertThat(BuildBench.failure(outcome)).isSameAs(bench.guest.failure);
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).nothingCreated()).isFalse();
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(bench.guest.openShells).isZero();
    assertThat(bench.folder().resolve("bundle")).doesNotExist();
    assertThat(bench.finishedStages()).contains("remove");
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaitReady", "installChef", "converge", "installHook", "clean"})
  void removesEverythingWhenInterruptedInTheGuest(String step) {
    bench.guest.onStep =
        name -> {
          if (name.equals(step)) {
            throw BuildException.interrupted("trying", null);
          }
        };

    BuildOutcome outcome = bench.run();

    assertThat(outcome).isInstanceOf(Interrupted.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkInputs", "newHostKey", "userData"})
  void makesNothingWhenAStepBeforeTheFirstCreationFails(String step) {
    bench.guest.failsAt = step;

    BuildOutcome outcome = bench.run();

    assertThat(((Failed) outcome).nothingCreated()).isTrue();
    assertThat(bench.ec2.faults.calls()).allMatch(action -> action.startsWith("Describe"));
    assertThat(bench.finishedStages()).doesNotContain("remove");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DeregisterImage",
        "DeleteSnapshot",
        "TerminateInstances",
        "DeleteSecurityGroup",
        "DeleteKeyPair"
      })
  void namesWhatCanNotBeRemovedAndStillTellsTheFirstFailure(String removal) {
    bench.ec2.faults.refuse("ModifyImageAttribute", "UnauthorizedOperation");
    bench.ec2.faults.refuseAlways(removal, "InternalError");

    BuildOutcome outcome = bench.run();

    assertThat(BuildBench.failure(outcome)).hasMessageContaining("ModifyImageAttribute");
    assertThat(outcome.leftovers()).isNotEmpty();
    assertNothingIsLeftUnnamed(outcome);
    assertThat(outcome.leftovers())
        .allSatisfy(left -> assertThat(left.removal()).startsWith("aws ec2 "));
    assertThat(bench.events(ResourceLeft.class)).hasSameSizeAs(outcome.leftovers());
  }

  @Test
  void refusesATakenImageNameBeforeAnythingIsMade() {
    bench.ec2.images.put(
        "ami-source-2",
        FakeEc2.sourceImage("ami-source-2", "wcs-1.1.0-20261122135800", "2020-01-01T00:00:00Z")
            .toBuilder()
            .imageOwnerAlias("self")
            .build());

    BuildOutcome outcome = bench.run();

    assertThat(((Failed) outcome).nothingCreated()).isTrue();
    assertThat(BuildBench.failure(outcome).category()).isEqualTo(Category.CONFIGURATION);
    assertThat(BuildBench.failure(outcome))
        .hasMessageContaining("taken by ami-source-2")
        .hasMessageContaining("aws ec2 deregister-image --image-id ami-source-2");
  }

  @Test
  void findsANameTakenMeanwhileBeforeTheBuilderIsStopped() {
    bench.listener =
        event -> {
          if (event instanceof BuildEvent.StageStarted started && started.name().equals("clean")) {
            bench.ec2.images.put(
                "ami-source-2",
                FakeEc2.sourceImage(
                        "ami-source-2", "wcs-1.1.0-20261122135800", "2020-01-01T00:00:00Z")
                    .toBuilder()
                    .imageOwnerAlias("self")
                    .build());
          }
        };

    BuildOutcome outcome = bench.run();

    assertThat(BuildBench.failure(outcome))
        .hasMessageContaining("taken by ami-source-2")
        .hasMessageContaining("Put {build-id} into image.name");
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void reportsAllProblemsOfTheCookbooks() {
    bench.guest.problems =
        List.of(
            new Problem("a.rb:1", "", "no such recipe"), new Problem("b.json:2", "x", "no JSON"));

    BuildException failure = BuildBench.failure(bench.run());

    assertThat(failure.category()).isEqualTo(Category.CONFIGURATION);
    assertThat(failure).hasMessage("a.rb:1: no such recipe\nb.json:2: x: no JSON");
  }

  @Test
  void refusesVolumesThatComeUpEncrypted() {
    bench.ec2.encryptsVolumes = true;

    BuildOutcome outcome = bench.run();

    assertThat(BuildBench.failure(outcome))
        .hasMessageContaining("vol-1 is encrypted")
        .hasMessageContaining("disable-ebs-encryption-by-default");
    assertThat(bench.guest.steps).doesNotContain("connect");
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void tellsWhyTheBuilderDidNotRun() {
    bench.ec2.launchFailure = "Client.VolumeLimitExceeded: Volume limit exceeded";

    assertThat(BuildBench.failure(bench.run())).hasMessageContaining("VolumeLimitExceeded");
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void tellsThatTheBuilderIsGoneWhenItCanNotBeReached() {
    bench.guest.failsAt = "connect";
    bench.guest.failure = new BuildException(Category.ACCESS, "timed out");
    bench.guest.onStep =
        name -> {
          if (name.equals("connect")) {
            bench.ec2.launchFailure = "Client.InstanceInitiatedShutdown";
          }
        };

    // The failure is set after the instance ran, so the fake shows it as terminated since.
    assertThat(BuildBench.failure(bench.run()))
        .hasMessageContaining("can't be reached")
        .hasMessageContaining("InstanceInitiatedShutdown");
  }

  @Test
  void tellsWhyTheImageFailedAndRemovesIt() {
    bench.ec2.imageFailure = "Client.SnapshotLimitExceeded";

    assertThat(BuildBench.failure(bench.run())).hasMessageContaining("SnapshotLimitExceeded");
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void triesAllInstanceTypesBeforeItGivesUp() {
    bench.ec2.faults.refuseAlways("RunInstances", "InsufficientInstanceCapacity");

    assertThat(BuildBench.failure(bench.run()))
        .hasMessageContaining("InsufficientInstanceCapacity")
        .hasMessageContaining("builder.instanceTypes");
    assertThat(bench.ec2.faults.calls()).filteredOn("RunInstances"::equals).hasSize(4);
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void keepsEverythingOnRequestAndTellsHowToLogIn() throws IOException {
    bench.onError = OnError.KEEP;
    bench.guest.failsAt = "converge";

    BuildOutcome outcome = bench.run();

    assertThat(((Failed) outcome).kept()).isTrue();
    assertThat(outcome.leftovers())
        .extracting(each -> each.resource().kind().toString())
        .containsExactly("instance", "key pair", "security group");
    assertThat(bench.ec2.leftovers()).hasSize(3);
    Path key = bench.folder().resolve("ssh_key");
    assertThat(Files.readString(key)).isEqualTo(FakeEc2.keyMaterial(bench.buildId.value()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(bench.folder().resolve("known_hosts")).hasContent("203.0.113.9 ssh-ed25519 AAAA");
    assertThat(outcome.leftovers().get(0).reason())
        .contains("\nLog in: ssh -p 22 -i " + key)
        .contains("admin@203.")
        .contains("end itself at 2026-11-22T15:58:00Z");
  }

  @Test
  void copiesNoKeyOfTheUsersOwn() throws IOException {
    Path key = Files.writeString(output.resolve("key.pem"), "own key");
    bench.spec =
        Specs.spec(
            Specs.builder(null, null, List.of(), List.of("198.51.100.7/32")),
            Specs.ssh("own-key", key, false));
    bench.onError = OnError.KEEP;
    bench.guest.failsAt = "converge";

    BuildOutcome outcome = bench.run();

    assertThat(bench.folder().resolve("ssh_key")).doesNotExist();
    assertThat(outcome.leftovers().get(0).reason()).contains("\nLog in: ssh -p 22 -i " + key);
  }

  @Test
  void removesWhatEc2DoesNotKnowYetWhenItHasJustBeenMade() {
    bench.ec2.faults.refuse("DescribeVolumes", "UnauthorizedOperation");
    bench.ec2.faults.refuse("TerminateInstances", "InvalidInstanceID.NotFound");
    bench.ec2.faults.refuse("DeleteSecurityGroup", "InvalidGroup.NotFound");

    BuildOutcome outcome = bench.run();

    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(outcome.leftovers()).isEmpty();
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CreateSecurityGroup", "RunInstances", "CreateImage"})
  void looksAgainForWhatAnUnansweredCallHasMade(String action) {
    bench.ec2.faults.loseAnswer(action);
    bench.ec2.hiddenFor = Duration.ofSeconds(6);

    BuildOutcome outcome = bench.run();

    assertThat(outcome).isInstanceOf(Built.class);
    assertThat(outcome.leftovers()).isEmpty();
    // The image and its snapshot.
    assertThat(bench.ec2.leftovers()).hasSize(2);
  }

  @Test
  void aFullDiskDoesNotTakeAFinishedImageAway() {
    bench.listener =
        event -> {
          bench.events.add(event);
          if (event instanceof BuildEvent.ImageKept) {
            try {
              Files.delete(bench.folder().resolve("journal.jsonl"));
            } catch (IOException failed) {
              throw new UncheckedIOException(failed);
            }
          }
        };

    BuildOutcome outcome = bench.run();

    assertThat(outcome).isInstanceOf(Built.class);
    assertThat(bench.ec2.leftovers()).hasSize(2);
    assertThat(bench.events(BuildEvent.Warning.class)).isNotEmpty();
  }

  @Test
  void keepsNothingWhenInterrupted() {
    bench.onError = OnError.KEEP;
    bench.guest.onStep =
        name -> {
          if (name.equals("converge")) {
            throw BuildException.interrupted("converging", null);
          }
        };

    assertThat(bench.run()).isInstanceOf(Interrupted.class);
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(bench.events(BuildEvent.Warning.class))
        .extracting(BuildEvent.Warning::message)
        .contains("--on-error keep does not hold for an interrupt: everything is removed.");
  }

  @Test
  void saysThatAKeptBuilderIsClosedOnceItsCleaningBegan() {
    bench.onError = OnError.KEEP;
    bench.guest.failsAt = "clean";

    assertThat(bench.run().leftovers())
        .hasSize(3)
        .anySatisfy(left -> assertThat(left.reason()).contains("nobody can log in"));
    assertThat(bench.folder().resolve("ssh_key")).doesNotExist();
  }

  @Test
  void endsTheBuildButCleansUpWhenItsOutputCanNotBeWritten() {
    bench.listener =
        event -> {
          bench.events.add(event);
          if (event instanceof StageFinished stage && stage.name().equals("launch")) {
            throw new UncheckedIOException(new IOException("No space left on device"));
          }
        };

    BuildOutcome outcome = bench.run();

    assertThat(BuildBench.failure(outcome).category()).isEqualTo(Category.HOST);
    assertThat(BuildBench.failure(outcome)).hasMessageContaining("No space left on device");
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void callsAFaultOfItsOwnAnInternalError() {
    bench.guest.failsAt = "converge";
    bench.guest.failure = new IllegalArgumentException("bug");

    assertThat(BuildBench.failure(bench.run())).hasMessageContaining("Internal error");
    assertThat(bench.events(StageFailed.class))
        .extracting(StageFailed::name)
        .containsExactly("converge");
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void makesNothingWhenItsFolderCanNotBeMade() throws IOException {
    BuildBench blocked = new BuildBench(Files.writeString(output.resolve("file"), ""));

    BuildOutcome outcome = blocked.run();

    assertThat(((Failed) outcome).nothingCreated()).isTrue();
    assertThat(BuildBench.failure(outcome).category()).isEqualTo(Category.HOST);
    assertThat(blocked.ec2.faults.calls()).isEmpty();
  }

  @Test
  void makesNothingWhenTheAgentIsMissing() {
    bench.spec =
        Specs.spec(
            Specs.builder(null, null, List.of(), List.of("198.51.100.7/32")),
            Specs.ssh("own-key", null, true));

    BuildOutcome outcome = bench.run();

    assertThat(((Failed) outcome).nothingCreated()).isTrue();
    assertThat(BuildBench.failure(outcome)).hasMessageContaining("SSH_AUTH_SOCK");
  }

  private void assertNothingIsLeftUnnamed(BuildOutcome outcome) {
    List<String> left = new ArrayList<>(bench.ec2.leftovers());
    if (outcome instanceof Built built) {
      assertThat(left).contains(built.result().imageId());
      left.remove(built.result().imageId());
      left.removeAll(built.result().snapshotIds());
    }
    assertThat(outcome.leftovers()).extracting(each -> each.resource().id()).containsAll(left);
    assertThat(bench.guest.openShells).isZero();
    assertThat(bench.folder().resolve("bundle")).doesNotExist();
  }
}
