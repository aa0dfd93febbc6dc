package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.base.BuildId;
import io.wizzie.wcs.ami.ec2.VirtualTime;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.BuildEvent.StageFailed;
import io.wizzie.wcs.ami.event.BuildEvent.StageFinished;
import io.wizzie.wcs.ami.event.BuildEvent.StageStarted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Build IDs and stages. */
class BuildValuesTest {
  private final VirtualTime time = new VirtualTime();
  private final List<BuildEvent> events = new ArrayList<>();
  private final Stages stages = new Stages(time, new EventStream(time, events::add), List.of());

  @AfterEach
  void clearTheInterrupt() {
    boolean unused = Thread.interrupted();
  }

  @Test
  void aBuildIdTellsTheStartAndIsUnique() {
    BuildId one = BuildId.create(time, new Random(1));
    BuildId other = BuildId.create(time, new Random(2));

    assertThat(one.value()).matches("wcs-20261122-135800-[0-9a-f]{6}");
    assertThat(one.value()).isNotEqualTo(other.value());
  }

  private String sleepThen(String result) {
    try {
      time.sleep(Duration.ofSeconds(5));
    } catch (InterruptedException interrupted) {
      throw BuildException.interrupted("sleeping", interrupted);
    }
    return result;
  }

  @Test
  void aStageTellsItsBeginItsEndAndHowLongItTook() {
    assertThat(stages.run(Stage.LAUNCH, () -> sleepThen("i-1"), id -> id + " runs"))
        .isEqualTo("i-1");

    assertThat(events.get(0)).isInstanceOf(StageStarted.class);
    assertThat(events.get(1))
        .isInstanceOfSatisfying(
            StageFinished.class,
            stage -> {
              assertThat(stage.result()).isEqualTo("i-1 runs");
              assertThat(stage.elapsed()).isEqualTo(Duration.ofSeconds(5));
            });
    assertThat(stages.timings()).hasSize(1);
  }

  @Test
  void aStageThatFailsTellsTheFirstLineOfItsFailure() {
    BuildException failure = new BuildException(Category.GUEST, "first\nsecond");

    assertThatThrownBy(
            () ->
                stages.run(
                    Stage.CHEF,
                    () -> {
                      throw failure;
                    },
                    String::valueOf))
        .isSameAs(failure);
    assertThat(events.get(1))
        .isInstanceOfSatisfying(
            StageFailed.class, stage -> assertThat(stage.message()).isEqualTo("first"));
  }

  @Test
  void noStageBeginsAfterAnInterruptButTheLastOne() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> stages.run(Stage.CHEF, () -> "", line -> line))
        .isInstanceOf(BuildException.class);
    assertThat(events).isEmpty();
    assertThat(stages.runAlways(Stage.REMOVE, () -> "done", line -> line, line -> true))
        .isEqualTo("done");
  }

  @Test
  void aStageBesideTheOthersGivesItsResultOrItsFailure() {
    try (Background<String> beside = stages.start(Stage.BUNDLE, () -> "ok", line -> line)) {
      assertThat(beside.result()).isEqualTo("ok");
    }
    BuildException failure = new BuildException(Category.HOST, "no space");
    try (Background<String> beside =
        stages.start(
            Stage.BUNDLE,
            () -> {
              throw failure;
            },
            line -> line)) {
      assertThatThrownBy(beside::result).isSameAs(failure);
    }
  }

  @Test
  void closingAStageBesideTheOthersEndsIt() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Background<String> beside =
        new Background<>(
            "bundle",
            () -> {
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException interrupted) {
                events.add(new BuildEvent.Progress(time.instant(), "ended"));
              }
              return "";
            });
    begun.await();
    beside.close();

    assertThat(events).hasSize(1);
  }

  @Test
  void closingAStageThatCanNotBeEndedDoesNotKeepTheCleanupWaiting() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean slow = new AtomicBoolean(true);
    Background<String> beside =
        new Background<>(
            "bundle",
            () -> {
              begun.countDown();
              while (slow.get()) {
                Thread.onSpinWait();
              }
              return "";
            });
    begun.await();
    Thread.currentThread().interrupt();
    beside.close();

    assertThat(Thread.interrupted()).isTrue();
    slow.set(false);
  }
}
