package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.base.Uninterrupted;
import io.wizzie.wcs.ami.ec2.VirtualTime;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.BuildEvent.ResourceLeft;
import io.wizzie.wcs.ami.event.BuildEvent.ResourceRemoved;
import io.wizzie.wcs.ami.event.BuildEvent.Warning;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.pipeline.CleanupStack.Entry;
import io.wizzie.wcs.ami.pipeline.result.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupStackTest {
  @TempDir Path output;
  private final VirtualTime time = new VirtualTime();
  private final List<BuildEvent> events = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();

  @AfterEach
  void clearTheInterrupt() {
    boolean unused = Thread.interrupted();
  }

  private CleanupStack stack() {
    return new CleanupStack(
        time,
        new EventStream(time, events::add),
        Journal.begin(output.resolve("wcs-1"), "wcs-1", "eu-west-1", "1.0.0", time));
  }

  private static ResourceId resource(String kind, String id) {
    return new ResourceId("eu-west-1", ResourceKind.of(kind).orElseThrow(), id);
  }

  private Entry entry(String kind, String id) {
    return new Entry(
        resource(kind, id),
        "remove " + id,
        () -> {
          removed.add(id);
          return List.of(id);
        });
  }

  private Entry failing(String kind, String id) {
    return new Entry(
        resource(kind, id),
        "remove " + id,
        () -> {
          removed.add(id + "?");
          throw new IllegalStateException("no");
        });
  }

  @Test
  void doesNotWaitForAGroupThatAnInstanceStillHolds() {
    CleanupStack stack = stack();
    stack.push(entry("key pair", "k"));
    stack.push(entry("security group", "sg"));
    stack.push(failing("instance", "i"));

    List<Leftover> left = stack.removeAll();

    assertThat(left).extracting(each -> each.resource().id()).containsExactly("i", "sg");
    assertThat(left.get(1).reason()).isEqualTo("still used by i");
    assertThat(removed).containsExactly("i?", "k");
  }

  @Test
  void removesTheNewestFirst() throws IOException {
    CleanupStack stack = stack();
    stack.push(entry("key pair", "k"));
    stack.push(entry("instance", "i"));

    assertThat(stack.removeAll()).isEmpty();
    assertThat(removed).containsExactly("i", "k");
    assertThat(events).hasOnlyElementsOfType(ResourceRemoved.class).hasSize(2);
    assertThat(Files.readString(output.resolve("wcs-1/journal.jsonl")))
        .contains(
            "\"what\":\"removed\",\"region\":\"eu-west-1\",\"kind\":\"instance\",\"id\":\"i\"");
  }

  @Test
  void carriesOnPastFailuresAndNamesThem() {
    CleanupStack stack = stack();
    stack.push(entry("key pair", "k"));
    stack.push(failing("instance", "i"));
    stack.push(entry("image", "a"));

    List<Leftover> left = stack.removeAll();

    assertThat(removed).containsExactly("a", "i?", "k");
    assertThat(left)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.resource().id()).isEqualTo("i");
              assertThat(each.removal()).isEqualTo("remove i");
              assertThat(each.reason()).contains("no");
            });
    assertThat(events).filteredOn(ResourceLeft.class::isInstance).hasSize(1);
  }

  @Test
  void isNotStoppedByAnInterruptAndKeepsTheFlag() {
    CleanupStack stack = stack();
    Thread building = Thread.currentThread();
    stack.push(entry("key pair", "k"));
    stack.push(
        new Entry(
            resource("instance", "i"),
            "remove i",
            () -> {
              // Ctrl-C again, while it is already removing.
              building.interrupt();
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              removed.add("i");
              return List.of("i");
            }));
    building.interrupt();

    assertThat(stack.removeAll()).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(removed).containsExactly("i", "k");
  }

  @Test
  void removesWhatARemovalBringsToLight() {
    CleanupStack stack = stack();
    stack.push(
        new Entry(
            resource("image", "a"),
            "remove a",
            () -> {
              stack.push(entry("snapshot", "s"));
              return List.of("a");
            }));

    stack.removeAll();

    assertThat(removed).containsExactly("s");
  }

  @Test
  void removesASnapshotRightAfterItsImage() {
    CleanupStack stack = stack();
    stack.push(entry("instance", "i"));
    stack.push(entry("image", "a"));
    stack.push(entry("key pair", "k"));
    stack.pushUnder(resource("image", "a"), entry("snapshot", "s"));

    stack.removeAll();

    assertThat(removed).containsExactly("k", "a", "s", "i");
  }

  @Test
  void keepsForLaterWhatCanNotBeRemovedEarly() {
    CleanupStack stack = stack();
    stack.push(failing("key pair", "k"));
    stack.removeNow(resource("key pair", "k"));

    assertThat(stack.isEmpty()).isFalse();
    assertThat(events).hasOnlyElementsOfType(Warning.class);
    assertThat(stack.removeAll()).hasSize(1);
  }

  @Test
  void forgetsWhatIsToStay() {
    CleanupStack stack = stack();
    stack.push(entry("image", "a"));
    stack.forget(resource("image", "a"));
    stack.removeNow(resource("image", "a"));

    assertThat(stack.removeAll()).isEmpty();
    assertThat(removed).isEmpty();
  }

  @Test
  void namesAllThatIsLeftAlsoWhenAListenerBreaksDown() {
    CleanupStack stack =
        new CleanupStack(
            time,
            new EventStream(
                time,
                event -> {
                  throw new NoClassDefFoundError("rebuilt meanwhile");
                }),
            Journal.begin(output.resolve("wcs-1"), "wcs-1", "eu-west-1", "1.0.0", time));
    stack.push(failing("key pair", "k"));
    stack.push(failing("image", "a"));
    stack.push(failing("instance", "i"));

    assertThat(stack.removeAll())
        .extracting(each -> each.resource().id())
        .containsExactly("i", "a", "k");
  }

  @Test
  void whatIsThrownOnTheCleanupsThreadIsNotLost() {
    assertThatThrownBy(
            () ->
                Uninterrupted.run(
                    "cleanup",
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .hasMessage("a bug");
  }

  @Test
  void namesTheSnapshotOfAnImageThatIsLeftAfterIt() {
    CleanupStack stack = stack();
    stack.push(failing("image", "a"));
    stack.pushUnder(resource("image", "a"), failing("snapshot", "s"));

    assertThat(stack.removeAll())
        .extracting(each -> each.resource().id(), Leftover::reason)
        .first()
        .extracting(each -> each.toList().get(0))
        .isEqualTo("a");
    assertThat(removed).containsExactly("a?");
  }

  @Test
  void leavesEverythingOnRequest() {
    CleanupStack stack = stack();
    stack.push(entry("key pair", "k"));
    stack.push(entry("instance", "i"));

    assertThat(stack.leaveAll("kept"))
        .extracting(each -> each.resource().id(), Leftover::reason)
        .containsExactly(tuple("i", "kept"), tuple("k", "kept"));
    assertThat(removed).isEmpty();
  }

  @Test
  void carriesOnWhenTheJournalCanNotBeWritten() throws IOException {
    CleanupStack stack = stack();
    stack.push(entry("key pair", "k"));
    stack.push(entry("instance", "i"));
    Files.delete(output.resolve("wcs-1/journal.jsonl"));

    assertThat(stack.removeAll()).isEmpty();
    assertThat(removed).containsExactly("i", "k");
    assertThat(events).filteredOn(Warning.class::isInstance).hasSize(2);
  }
}
