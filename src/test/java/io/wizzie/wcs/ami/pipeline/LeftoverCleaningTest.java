package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.config.BuildOptions.OnError;
import io.wizzie.wcs.ami.ec2.Policy;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.journal.JournalReader;
import io.wizzie.wcs.ami.journal.RecordedBuild;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Fate;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Request;
import io.wizzie.wcs.ami.pipeline.recovery.Cleaning.Row;
import io.wizzie.wcs.ami.pipeline.recovery.LeftoverCleaning;
import io.wizzie.wcs.ami.pipeline.recovery.RemovalRecords;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome;
import io.wizzie.wcs.ami.pipeline.result.BuildOutcome.Built;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What builds that died leave, and what becomes of it. */
class LeftoverCleaningTest {
  private static final Request ALL = new Request(null, null, false);

  @TempDir private static Path common;
  @TempDir private Path output;
  @TempDir private Path elsewhere;
  private BuildBench bench;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void setUp() {
    bench = new BuildBench(output);
  }

  private Cleaning clean(Path folder, Request request) {
    Cleaning cleaning =
        new LeftoverCleaning(
                bench.ec2.connection(), bench.time, bench.time, new Random(1), folder, said::add)
            .run(request);
    assertThat(Policy.ACTIONS).containsAll(bench.ec2.faults.calls());
    return cleaning;
  }

  private static void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "a secret");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void letPass(Duration duration) {
    try {
      bench.time.sleep(duration);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A build whose calls do not get through from one of them on, its cleanup's neither. */
  private void breakOffAt(int call) {
    bench.ec2.faults.loseFrom(call);
    BuildOutcome unused = bench.run();
    bench.ec2.faults.reachAgain();
  }

  static Stream<Integer> calls() throws IOException {
    Path folder = Files.createTempDirectory(common, "calls");
    BuildBench whole = new BuildBench(folder);
    assertThat(whole.run()).isInstanceOf(Built.class);
    return IntStream.range(0, whole.ec2.faults.calls().size()).boxed();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void removesAllThatABuildLeftWhateverCallWasItsLast(int call) {
    breakOffAt(call);

    Cleaning cleaning = clean(output, ALL);

    assertOnlyTheFinishedIsThere();
    assertThat(cleaning.isIncomplete()).isFalse();
    assertThat(clean(output, ALL).rows()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void findsAllByTagAloneOnceTheBuildCanNotLiveAnyMore(int call) {
    breakOffAt(call);
    letPass(Duration.ofMinutes(20));

    Cleaning cleaning = clean(elsewhere, ALL);

    assertOnlyTheFinishedIsThere();
    assertThat(cleaning.isIncomplete()).isFalse();
  }

  @Test
  void keepsABuildFromBeingResumedWhileItRemovesWhatItLeft() {
    breakOffAt(12);
    Path lock = Journal.lockFile(bench.folder());
    Map<Integer, String> atCall = new HashMap<>();
    bench.ec2.faults.beforeCall =
        number -> {
          Optional<LockFile> resumed = LockFile.tryTake(lock, Duration.ZERO);
          resumed.ifPresent(LockFile::close);
          atCall.put(
              number,
              (resumed.isPresent() ? "resumable" : "held")
                  + (LockFile.isTaken(lock) ? ", alive" : ", dead"));
        };

    assertThat(clean(output, ALL).isIncomplete()).isFalse();

    List<String> calls = bench.ec2.faults.calls();
    assertThat(atCall.keySet())
        .filteredOn(number -> calls.get(number).matches("(Terminate|Delete).*"))
        .isNotEmpty()
        .extracting(atCall::get)
        .containsOnly("held, dead");
    assertThat(lock).doesNotExist();
  }

  @Test
  void twoThatRecordRemovalsAtOnceLeaveAWholeJournal() throws Exception {
    breakOffAt(12);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    RecordedBuild build = JournalReader.read(bench.folder());
    int before = Journals.lines(bench.folder()).size();
    try {
      List<Future<?>> both = new ArrayList<>();
      for (int cleaning = 0; cleaning < 2; cleaning++) {
        both.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    RemovalRecords.removed("vol-" + i, build, bench.time, said::add);
                  }
                }));
      }
      for (Future<?> one : both) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(said).isEmpty();
    List<String> lines = Journals.lines(bench.folder());
    assertThat(lines).hasSize(before + 200);
    assertThat(lines.subList(before, lines.size()))
        .extracting(line -> line.replaceFirst(".*\"seq\":(\\d+).*", "$1"))
        .doesNotHaveDuplicates();
    assertThat(JournalReader.read(bench.folder()).torn()).isFalse();
  }

  private void assertOnlyTheFinishedIsThere() {
    List<String> left = new ArrayList<>(bench.ec2.leftovers());
    bench.ec2.images.values().stream()
        .filter(image -> hasTag(image.tags(), "wcs-ami:status", "finished"))
        .forEach(
            image -> {
              left.remove(image.imageId());
              left.remove(image.blockDeviceMappings().get(0).ebs().snapshotId());
            });
    assertThat(left).isEmpty();
  }

  @Test
  void leavesAFinishedImageAloneForEver() {
    assertThat(bench.run()).isInstanceOf(Built.class);
    List<String> before = bench.ec2.leftovers();
    letPass(Duration.ofDays(400));

    assertThat(clean(output, ALL).rows()).isEmpty();
    assertThat(clean(elsewhere, ALL).rows()).isEmpty();
    assertThat(bench.ec2.leftovers()).isEqualTo(before).hasSize(2);
  }

  @Test
  void takesTheJournalsWordForAnImageWhoseTagIsNotVisibleYet() {
    assertThat(bench.run()).isInstanceOf(Built.class);
    bench.ec2.images.replaceAll(
        (id, image) -> id.startsWith("ami-source") ? image : unfinished(image.tags(), image));
    bench.ec2.snapshots.replaceAll(
        (id, each) -> each.toBuilder().tags(withStatus(each.tags(), "unfinished")).build());

    assertThat(clean(output, ALL).rows()).isEmpty();
    assertThat(bench.ec2.leftovers()).hasSize(2);
  }

  private static software.amazon.awssdk.services.ec2.model.Image unfinished(
      List<Tag> tags, software.amazon.awssdk.services.ec2.model.Image image) {
    return image.toBuilder().tags(withStatus(tags, "unfinished")).build();
  }

  private static List<Tag> withStatus(List<Tag> tags, String status) {
    return tags.stream()
        .map(
            tag -> tag.key().equals("wcs-ami:status") ? tag.toBuilder().value(status).build() : tag)
        .toList();
  }

  @Test
  void neverTouchesABuildWhoseProcessLives() {
    List<Cleaning> cleanings = new ArrayList<>();
    bench.guest.onStep =
        step -> {
          if (step.equals("converge")) {
            letPass(Duration.ofHours(3));
            cleanings.add(clean(output, ALL));
            cleanings.add(clean(output, new Request(bench.buildId.value(), null, false)));
          }
        };

    assertThat(bench.run()).isInstanceOf(Built.class);
    assertThat(cleanings).hasSize(2);
    assertThat(cleanings)
        .allSatisfy(
            cleaning -> {
              assertThat(cleaning.rows()).extracting(Row::fate).containsOnly(Fate.ALIVE);
              assertThat(cleaning.rows())
                  .extracting(row -> row.resource().kind().toString())
                  .containsExactlyInAnyOrder("instance", "security group", "key pair");
              assertThat(cleaning.hasAlive()).isTrue();
              assertThat(cleaning.isIncomplete()).isFalse();
            });
  }

  @Test
  void believesInAnotherMachinesBuildAtItsBeginningAndByItsHeartbeat() {
    breakOffAtConverge();

    assertThat(fates(clean(elsewhere, ALL))).containsOnly(Fate.ALIVE);

    letPass(Duration.ofMinutes(14));
    bench.ec2.instances.keySet().forEach(id -> vouch(id, Duration.ofMinutes(10)));
    letPass(Duration.ofMinutes(9));
    assertThat(fates(clean(elsewhere, ALL))).containsOnly(Fate.ALIVE);

    letPass(Duration.ofMinutes(2));
    assertThat(fates(clean(elsewhere, ALL))).containsOnly(Fate.REMOVED);
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void leavesWhatWasKeptOnPurposeUntilItsTimeIsOverOrItIsAskedFor() {
    bench.onError = OnError.KEEP;
    bench.guest.failsAt = "converge";
    BuildOutcome unused = bench.run();

    letPass(Duration.ofMinutes(30));
    assertThat(fates(clean(output, ALL))).containsOnly(Fate.ALIVE);
    assertThat(fates(clean(elsewhere, ALL))).containsOnly(Fate.ALIVE);

    Path folder = output.resolve(bench.buildId.value());
    assertThat(folder.resolve("ssh_key")).exists();
    // As a build leaves it that was killed.
    write(folder.resolve("bundle/bundle.tar.gz"));

    Cleaning asked = clean(output, new Request(bench.buildId.value(), null, false));
    assertThat(fates(asked)).containsOnly(Fate.REMOVED);
    assertThat(bench.ec2.leftovers()).isEmpty();
    assertThat(folder.resolve("ssh_key")).doesNotExist();
    assertThat(folder.resolve("known_hosts")).doesNotExist();
    assertThat(folder.resolve("bundle")).doesNotExist();
  }

  @Test
  void showsInADryRunWhatItWouldRemove() {
    breakOffAtConverge();
    List<String> before = bench.ec2.leftovers();

    Cleaning cleaning = clean(output, new Request(null, null, true));

    assertThat(fates(cleaning)).containsOnly(Fate.FOUND);
    assertThat(cleaning.isIncomplete()).isTrue();
    assertThat(bench.ec2.leftovers()).isEqualTo(before);
  }

  @Test
  void passesOverOtherBuildsAndYoungOnes() {
    breakOffAtConverge();

    assertThat(clean(output, new Request("wcs-20260101-000000-000000", null, false)).rows())
        .isEmpty();
    assertThat(clean(output, new Request(null, Duration.ofDays(1), false)).rows()).isEmpty();
    letPass(Duration.ofDays(2));
    assertThat(fates(clean(output, new Request(null, Duration.ofDays(1), false))))
        .containsOnly(Fate.REMOVED);
  }

  @Test
  void namesWhatCanNotBeRemovedAndGoesOn() {
    breakOffAtConverge();
    bench.ec2.faults.refuseAlways("TerminateInstances", "UnauthorizedOperation");

    Cleaning cleaning = clean(output, ALL);

    assertThat(cleaning.isIncomplete()).isTrue();
    assertThat(cleaning.rows())
        .filteredOn(row -> row.resource().kind() == ResourceKind.INSTANCE)
        .singleElement()
        .satisfies(row -> assertThat(row.note()).contains("ec2:TerminateInstances"));
    assertThat(bench.ec2.keyPairs).isEmpty();

    bench.ec2.faults.reachAgain();
    assertThat(clean(output, ALL).isIncomplete()).isFalse();
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void doesNotWaitForWhatIsInUseByWhatItCouldNotRemove() {
    breakOffAtConverge();
    bench.ec2.faults.refuseAlways("TerminateInstances", "UnauthorizedOperation");

    Cleaning cleaning = clean(output, ALL);

    assertThat(
            cleaning.rows().stream()
                .filter(row -> row.resource().kind() == ResourceKind.SECURITY_GROUP))
        .singleElement()
        .satisfies(row -> assertThat(row.fate()).isEqualTo(Cleaning.Fate.LEFT))
        .satisfies(row -> assertThat(row.note()).isEqualTo("in use by the instance that is left"));
  }

  @Test
  void tellsOfAllThatItRemovedAlsoWhereKeyPairsCanNotBe() {
    breakOffAtConverge();
    bench.ec2.faults.refuseAlways("DeleteKeyPair", "UnauthorizedOperation");

    Cleaning cleaning = clean(output, ALL);

    assertThat(cleaning.isIncomplete()).isTrue();
    assertThat(cleaning.rows().stream().filter(row -> row.fate() == Cleaning.Fate.LEFT))
        .singleElement()
        .satisfies(row -> assertThat(row.resource().kind()).isEqualTo(ResourceKind.KEY_PAIR))
        .satisfies(row -> assertThat(row.note()).contains("ec2:DeleteKeyPair"));
    assertThat(bench.ec2.groups).isEmpty();
  }

  @Test
  void removesVolumesThatOutlivedTheirInstance() {
    bench.ec2.volumes.put(
        "vol-7",
        Volume.builder()
            .volumeId("vol-7")
            .state("available")
            .tags(Tag.builder().key("wcs-ami:build-id").value("wcs-20260101-000000-00000a").build())
            .build());

    assertThat(clean(elsewhere, ALL).rows())
        .extracting(row -> row.resource().kind().toString(), Row::fate)
        .containsExactly(org.assertj.core.api.Assertions.tuple("volume", Fate.REMOVED));
    assertThat(bench.ec2.volumes).isEmpty();
  }

  @Test
  void takesWhatAnotherCleaningRemovedMeanwhileForGone() {
    breakOffAtConverge();
    bench.ec2.faults.refuse("DeleteSecurityGroup", "InvalidGroup.NotFound");

    assertThat(fates(clean(output, ALL))).containsOnly(Fate.REMOVED);
  }

  @Test
  void waitsForWhatACallHasMadeThatTheCrashCutOff() {
    breakOffAtConverge();
    Path folder = output.resolve(bench.buildId.value());
    Journal journal = Journal.reopen(folder, null, bench.time);
    long unused = journal.intend("eu-west-1", ResourceKind.INSTANCE, Map.of("client-token", "t"));

    Cleaning cleaning = clean(output, ALL);

    assertThat(said.get(0)).contains("waiting 15 s for what it may have made");
    assertThat(cleaning.isIncomplete()).isFalse();
  }

  @Test
  void goesByTheTagsWhereAJournalIsCorrupt() throws IOException {
    breakOffAtConverge();
    Files.writeString(
        output.resolve(bench.buildId.value()).resolve("journal.jsonl"), "no\njournal\n");

    assertThat(fates(clean(output, ALL))).containsOnly(Fate.REMOVED);
    assertThat(said.get(0)).contains("journal.jsonl:1: ");
    assertThat(bench.ec2.leftovers()).isEmpty();
  }

  @Test
  void twoBuildsSideBySideRemoveTheirOwnThingsOnly() {
    BuildBench other = new BuildBench(output, bench.ec2, bench.time, "wcs-20261122-135800-ffffff");
    bench.guest.onStep =
        step -> {
          if (step.equals("awaitReady")) {
            other.guest.failsAt = "converge";
            BuildOutcome unused = other.run();
          }
        };

    BuildOutcome outcome = bench.run();

    assertThat(outcome).isInstanceOf(Built.class);
    assertThat(bench.ec2.leftovers()).hasSize(2);
  }

  private void breakOffAtConverge() {
    bench.guest.onStep =
        step -> {
          if (step.equals("converge")) {
            bench.ec2.faults.loseFrom(0);
            throw new IllegalStateException("killed");
          }
        };
    BuildOutcome unused = bench.run();
    bench.ec2.faults.reachAgain();
    assertThat(bench.ec2.leftovers()).hasSize(3);
  }

  private void vouch(String instanceId, Duration ahead) {
    bench.ec2.createTags(
        software.amazon.awssdk.services.ec2.model.CreateTagsRequest.builder()
            .resources(instanceId)
            .tags(
                Tag.builder()
                    .key("wcs-ami:alive-until")
                    .value(bench.time.instant().plus(ahead).toString())
                    .build())
            .build());
  }

  private static List<Fate> fates(Cleaning cleaning) {
    return cleaning.rows().stream().map(Row::fate).toList();
  }

  private static boolean hasTag(List<Tag> tags, String key, @Nullable String value) {
    return tags.stream().anyMatch(tag -> tag.key().equals(key) && tag.value().equals(value));
  }
}
