package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.config.BuildOptions.OnError;
import io.wizzie.wcs.ami.config.BuildOptions.Verify;
import io.wizzie.wcs.ami.ec2.Policy;
import io.wizzie.wcs.ami.event.BuildEvent.StageStarted;
import io.wizzie.wcs.ami.event.BuildEvent.Warning;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.journal.JournalReader;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Built;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Failed;
import io.wizzie.wcs.ami.pipeline.result.BuildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Builds that were killed, and what becomes of them when they are resumed. */
class BuildResumptionTest {
  private static final String NOTE = "\"name\":\"provisioned\"";

  private static final String IMAGE_THERE = "\"kind\":\"image\",\"id\"";

  @TempDir private static Path common;
  @TempDir private Path output;
  private BuildBench bench;

  @BeforeEach
  void setUp() {
    bench = new BuildBench(output);
  }

  /** A journal of a whole build, to know its lines. */
  private static List<Arguments> points(Verify verify) throws IOException {
    Path folder = Files.createTempDirectory(common, "points");
    BuildBench whole = new BuildBench(folder);
    whole.verify = verify;
    assertThat(whole.run()).isInstanceOf(Built.class);
    int note = Journals.lineOf(whole.folder(), NOTE);
    int last = Journals.lines(whole.folder()).size();
    List<Arguments> points = new ArrayList<>();
    // At the note itself the builder is running.
    points.add(Arguments.of(verify, note, true));
    for (int line = note + 1; line < last; line++) {
      points.add(Arguments.of(verify, line, false));
      points.add(Arguments.of(verify, line, true));
    }
    return points;
  }

  static Stream<Arguments> points() throws IOException {
    return Stream.concat(points(Verify.NO).stream(), points(Verify.REMOVE_FAILING).stream());
  }

  @ParameterizedTest
  @MethodSource("points")
  void finishesWhateverRecordWasTheLast(Verify verify, int lines, boolean late) throws IOException {
    bench.verify = verify;
    bench.runUntilKilled(lines, late);

    BuildResult result = resume();

    assertThat(bench.ec2.leftovers())
        .containsExactlyInAnyOrder(result.imageId(), result.snapshotIds().get(0));
    assertThat(bench.ec2.image(result.imageId()).tags().toString())
        .contains("wcs-ami:status", "finished");
    assertThat(JournalReader.read(bench.folder()).outcome()).isEqualTo("built");
    assertThat(LockFile.isTaken(Journal.lockFile(bench.folder()))).isFalse();
    assertThat(bench.folder().resolve("template.json")).exists();
    JsonNode manifest = manifest();
    assertThat(manifest.path("imageId").asText()).isEqualTo(result.imageId());
    assertThat(manifest.path("stages").findValuesAsText("name")).contains("converge", "finish");
    assertThat(Policy.ACTIONS).containsAll(bench.ec2.faults.calls());
  }

  private BuildResult resume() {
    BuildOutcome outcome = bench.resume();
    assertThat(outcome).as(outcome.toString()).isInstanceOf(Built.class);
    return ((Built) outcome).result();
  }

  private JsonNode manifest() throws IOException {
    return new ObjectMapper().readTree(bench.folder().resolve("manifest.json").toFile());
  }

  private void killAfter(String text, boolean late) {
    bench.runUntilKilled(lineOf(text), late);
  }

  private int lineOf(String text) {
    BuildBench whole = new BuildBench(output.resolve("whole"));
    whole.verify = bench.verify;
    assertThat(whole.run()).isInstanceOf(Built.class);
    return Journals.lineOf(whole.folder(), text);
  }

  private List<String> stages() {
    return bench.events(StageStarted.class).stream().map(StageStarted::name).toList();
  }

  @Test
  void makesTheImageOfAStoppedBuilder() {
    killAfter(NOTE, true);

    resume();

    assertThat(stages())
        .containsExactly("look", "stop", "image", "attributes", "audit-image", "finish", "remove");
  }

  @Test
  void waitsForAnImageThatIsPending() {
    killAfter(IMAGE_THERE, true);
    String pending = bench.ec2.leftovers().get(0);

    assertThat(resume().imageId()).isEqualTo(pending);
    assertThat(stages())
        .containsExactly("look", "image", "attributes", "audit-image", "finish", "remove");
    assertThat(bench.ec2.faults.calls()).containsOnlyOnce("CreateImage");
  }

  @Test
  void findsTheImageWhoseIdNeverReachedTheJournal() {
    killAfter("\"kind\":\"image\"", true);
    assertThat(bench.ec2.leftovers().get(0)).startsWith("ami-");

    resume();

    assertThat(bench.ec2.faults.calls()).containsOnlyOnce("CreateImage");
  }

  @Test
  void makesTheImageWhoseCallNeverReachedEc2() {
    killAfter("\"kind\":\"image\"", false);
    assertThat(bench.ec2.images.keySet()).containsExactly("ami-source");

    resume();

    assertThat(stages()).contains("stop");
    assertThat(bench.ec2.leftovers()).hasSize(2);
  }

  @Test
  void goesOnWithoutABuilderThatHasEndedSinceTheImageWasMade() {
    killAfter(IMAGE_THERE, true);
    letPass(Duration.ofMinutes(5));
    bench.ec2.instances.clear();
    bench.ec2.volumes.clear();

    resume();

    assertThat(bench.ec2.leftovers()).hasSize(2);
  }

  private void letPass(Duration duration) {
    try {
      bench.time.sleep(duration);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tellsOfTheSameThingsAsAnUnbrokenBuild() throws IOException {
    BuildBench whole = new BuildBench(output.resolve("unbroken"));
    whole.spec = Specs.withAttributes("{\"db_password\": \"hunter2\", \"port\": 3000}");
    assertThat(whole.run()).isInstanceOf(Built.class);
    bench.spec = whole.spec;
    killAfter(NOTE, true);

    resume();

    JsonNode expected =
        new ObjectMapper().readTree(whole.folder().resolve("manifest.json").toFile());
    for (String field :
        List.of(
            "sourceImage",
            "builder",
            "rootVolume",
            "guestSystem",
            "chef",
            "provision",
            "bundle",
            "cookbooks",
            "inventory",
            "cleaned",
            "audit",
            "startedAt")) {
      assertThat(manifest().path(field)).as(field).isEqualTo(expected.path(field));
    }
    assertThat(bench.folder().resolve("provisioned.json")).content().doesNotContain("hunter2");
    assertThat(bench.events.toString()).doesNotContain("secret=(secret)");
  }

  @Test
  void writesTheManifestWhereTheBuildWasToldTo() {
    bench.manifest = output.resolve("ci.json");
    killAfter(NOTE, true);

    resume();

    assertThat(bench.manifest).exists();
  }

  @Test
  void verifiesAgainWhatWasBeingVerified() throws IOException {
    bench.verify = Verify.REMOVE_FAILING;
    bench.runUntilKilled(lineOf("-plain-1"), true);

    resume();

    assertThat(manifest().path("verification").path("instances")).hasSize(2);
    assertThat(bench.ec2.launches.get(bench.ec2.launches.size() - 1).clientToken())
        .isEqualTo(bench.buildId + "-r1-user-data-1");
  }

  @Test
  void cleansUpLikeABuildWhenItFails() {
    bench.onError = OnError.KEEP;
    killAfter(NOTE, true);
    bench.ec2.imageFailure = "Client.InternalError: no space";

    BuildOutcome outcome = bench.resume();

    assertThat(BuildBench.failure(outcome)).hasMessageContaining("no space");
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.nothingCreated()).isFalse();
              assertThat(failed.leftovers()).isEmpty();
            });
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(JournalReader.read(bench.folder()).outcome()).isEqualTo("failed");
    assertThatThrownBy(bench::resume)
        .hasMessageEndingWith(
            ": it ended with a failure, and nothing of it is left. Begin a new one.");
  }

  @Test
  void canBeKilledAndResumedAgain() {
    killAfter(NOTE, true);
    int killed = Journals.lines(bench.folder()).size() + 4;
    bench.ec2.faults.beforeCall =
        number -> {
          if (Journals.lines(bench.folder()).size() >= killed) {
            throw new IllegalStateException("Killed");
          }
        };
    BuildOutcome unused = bench.resume();
    bench.ec2.faults.beforeCall = number -> {};
    Journals.cut(bench.folder(), killed);

    resume();

    assertThat(bench.ec2.leftovers()).hasSize(2);
    assertThat(JournalReader.read(bench.folder()).notes()).containsEntry("resumed", "2");
  }

  @Test
  void leavesAnImageAloneThatWasHandedOutBefore() {
    bench.verify = Verify.REMOVE_FAILING;
    killAfter("\"what\":\"kept\"", false);
    bench.guest.failsAt = "awaitFirstBoot";

    BuildResult result = resume();

    assertThat(bench.ec2.leftovers()).contains(result.imageId()).hasSize(2);
    assertThat(bench.events(Warning.class).toString()).contains("verified before the crash");
  }

  @Test
  void verifiesAnImageThatATagAloneCallsFinished() throws IOException {
    bench.verify = Verify.REMOVE_FAILING;
    bench.runUntilKilled(lineOf("-plain-1"), true);
    String imageId =
        bench.ec2.leftovers().stream()
            .filter(id -> id.startsWith("ami-"))
            .findFirst()
            .orElseThrow();
    bench.ec2.createTags(
        CreateTagsRequest.builder()
            .resources(imageId)
            .tags(Tag.builder().key("wcs-ami:status").value("finished").build())
            .build());

    assertThat(resume().imageId()).isEqualTo(imageId);

    assertThat(manifest().path("verification").path("instances")).hasSize(2);
  }

  private void assertRefused(String... reasons) {
    List<String> before = bench.ec2.leftovers();
    List<String> journal = Journals.lines(bench.folder());
    BuildException refusal;
    try {
      BuildOutcome outcome = bench.resume();
      refusal = BuildBench.failure(outcome);
      assertThat(((Failed) outcome).nothingCreated()).isTrue();
      assertThat(outcome.leftovers()).isEmpty();
    } catch (BuildException thrown) {
      refusal = thrown;
    }
    assertThat(refusal.category()).isEqualTo(Category.CONFIGURATION);
    assertThat(refusal)
        .hasMessageStartingWith("Build " + bench.buildId + " can't be resumed: ")
        .hasMessageContainingAll(reasons);
    assertThat(String.valueOf(refusal.getMessage()).lines()).hasSize(1);
    assertThat(bench.ec2.leftovers()).isEqualTo(before);
    assertThat(Journals.lines(bench.folder())).isEqualTo(journal);
  }

  private void assertDead(String reason) throws IOException {
    assertRefused(reason, "wcs-ami clean --build " + bench.buildId + " --region eu-west-1");
    assertThat(LockFile.isTaken(Journal.lockFile(bench.folder()))).isFalse();
  }

  @Test
  void refusesABuilderThatIsNotProvisioned() throws IOException {
    killAfter("\"kind\":\"instance\",\"id\"", true);

    assertDead("before its builder was provisioned");
  }

  @Test
  void refusesABuilderThatStillRuns() throws IOException {
    killAfter(NOTE, false);

    assertDead("is running instead of stopped");
  }

  @Test
  void refusesABuilderThatHasEndedItself() throws IOException {
    killAfter(NOTE, true);
    bench.ec2.instances.clear();

    assertDead("it ends itself at 2026-11-22T15:58:00Z (builder.lifetime)");
  }

  @Test
  void refusesAnImageThatFailed() throws IOException {
    killAfter(IMAGE_THERE, true);
    bench.ec2.imageFailure = "no space";
    letPass(Duration.ofMinutes(5));

    assertDead("is failed instead of available: no space");
  }

  @Test
  void refusesAnImageThatIsGone() throws IOException {
    killAfter(IMAGE_THERE, true);
    bench.ec2.images.keySet().removeIf(id -> !id.equals("ami-source"));

    assertDead("does not exist any more");
  }

  @Test
  void refusesABuildThatIsOver() throws IOException {
    BuildResult built = ((Built) bench.run()).result();

    assertThatThrownBy(bench::resume)
        .hasMessageEndingWith(
            "can't be resumed: it ended, and its image " + built.imageId() + " is finished.");
    assertThat(LockFile.isTaken(Journal.lockFile(bench.folder()))).isFalse();
  }

  @Test
  void namesTheCommandThatRemovesWhatABuildThatIsOverHasLeft() {
    bench.ec2.faults.refuseAlways("TerminateInstances", "UnauthorizedOperation");
    assertThat(bench.run()).isInstanceOf(Built.class);

    assertThatThrownBy(bench::resume)
        .hasMessageContaining(
            " is finished. What it has left is removed by: wcs-ami clean --build ");
  }

  @Test
  void refusesAChangedOrMissingCheckpoint() throws IOException {
    killAfter(NOTE, true);
    Path file = bench.folder().resolve("provisioned.json");
    String text = Files.readString(file);

    Files.writeString(file, text.replace("t3.large", "t3.small"));
    assertDead("its digest differs");

    Files.delete(file);
    assertDead("is missing");
  }

  @Test
  void takesTheDefaultOfAnOptionThatTheKilledProgramDidNotKnow() throws Exception {
    killAfter(IMAGE_THERE, false);
    Path file = bench.folder().resolve("provisioned.json");
    String before = digest(file);
    ObjectNode whole = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    ObjectNode spec = (ObjectNode) whole.path("checkpoint").path("spec");
    ((ObjectNode) spec.path("timeouts")).remove(List.of("repeat", "visible", "stop"));
    ((ObjectNode) spec.path("image")).remove("imdsV2Only");
    ((ObjectNode) spec.path("ssh")).remove(List.of("port", "address"));
    Files.writeString(file, whole.toString());
    Path journal = bench.folder().resolve("journal.jsonl");
    Files.writeString(journal, Files.readString(journal).replace(before, digest(file)));

    assertThat(resume().imageId()).startsWith("ami-");
  }

  private static String digest(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void refusesABuildThatIsRunning() {
    List<String> said = new ArrayList<>();
    bench.guest.onStep =
        step -> {
          if (step.equals("converge")) {
            assertThatThrownBy(bench::resume)
                .hasMessageContaining("it is running on this machine")
                .satisfies(refused -> said.add(refused.getMessage()));
          }
        };

    assertThat(bench.run()).isInstanceOf(Built.class);
    assertThat(said).hasSize(1);
  }

  @Test
  void refusesABuildThatRanElsewhere() {
    assertRefused("there is no journal of it", "wcs-ami clean --build " + bench.buildId);
  }

  @Test
  void staysResumableWhenEc2CanNotBeAsked() {
    killAfter(NOTE, true);
    bench.ec2.faults.refuseAlways("DescribeInstances", "UnauthorizedOperation");
    BuildOutcome outcome = bench.resume();
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(outcome.leftovers()).isEmpty();
    bench.ec2.faults.reachAgain();

    resume();
  }

  @Test
  void aBuildWhoseCheckpointCanNotBeWrittenIsStillBuilt() throws IOException {
    Files.createDirectories(bench.folder().resolve("provisioned.json/full"));

    assertThat(bench.run()).isInstanceOf(Built.class);

    assertThat(bench.events(Warning.class).toString())
        .contains("the build can't be resumed if it is killed");
  }
}
