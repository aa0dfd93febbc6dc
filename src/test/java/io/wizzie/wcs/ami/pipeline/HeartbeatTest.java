package io.wizzie.wcs.ami.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.ec2.Ec2Verbs;
import io.wizzie.wcs.ami.ec2.FakeEc2;
import io.wizzie.wcs.ami.ec2.VirtualTime;
import io.wizzie.wcs.ami.ec2.Waiter;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.event.BuildEvent.Warning;
import io.wizzie.wcs.ami.journal.Journal;
import io.wizzie.wcs.ami.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

class HeartbeatTest {
  @TempDir private Path output;
  private final VirtualTime time = new VirtualTime();
  private final FakeEc2 ec2 = new FakeEc2(time);
  private final List<BuildEvent> events = new ArrayList<>();

  private Heartbeat heartbeat() {
    return heartbeat(Heartbeat.PERIOD);
  }

  private Heartbeat heartbeat(Duration period) {
    return heartbeat(period, time);
  }

  private Heartbeat heartbeat(Duration period, Clock clock) {
    EventStream stream = new EventStream(time, events::add);
    Waiter waiter = new Waiter(time, time, new Random(1), line -> {});
    return new Heartbeat(
        clock,
        Ec2Verbs.over(ec2.connection(), waiter).instances(),
        Journal.begin(output.resolve("wcs-1"), "wcs-1", "eu-west-1", "1.0.0", time),
        stream,
        period);
  }

  private String launch() {
    return ec2.runInstances(RunInstancesRequest.builder().clientToken("t").build())
        .instances()
        .get(0)
        .instanceId();
  }

  @Test
  void vouchesForTheInstanceAndWritesItDown() throws IOException {
    String instance = launch();
    try (Heartbeat heartbeat = heartbeat()) {
      heartbeat.watch(instance);
      heartbeat.beat();
    }

    assertThat(String.valueOf(ec2.instances.get(instance)))
        .contains("wcs-ami:alive-until", "2026-11-22T14:08:00Z");
    assertThat(Files.readString(output.resolve("wcs-1/journal.jsonl")))
        .contains("\"what\":\"alive\"");
    assertThat(JournalReader.read(output.resolve("wcs-1")).resources()).isEmpty();
  }

  @Test
  void warnsOnceWhenNobodyElseCanHearIt() {
    ec2.faults.refuseAlways("CreateTags", "UnauthorizedOperation");
    try (Heartbeat heartbeat = heartbeat()) {
      heartbeat.watch(launch());
      heartbeat.beat();
      heartbeat.beat();
    }

    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            Warning.class, warning -> assertThat(warning.message()).contains("ec2:CreateTags"));
  }

  private final CountDownLatch arrived = new CountDownLatch(1);

  private final CountDownLatch goOn = new CountDownLatch(1);

  private void holdABeat() {
    if (Thread.currentThread().getName().equals("heartbeat")) {
      arrived.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw AbortedException.create("Thread was interrupted", e);
      }
    }
  }

  /** Beats know what time it is, and then are held. */
  private final class HoldingClock extends Clock {
    @Override
    public ZoneId getZone() {
      return time.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      Instant now = time.instant();
      holdABeat();
      return now;
    }
  }

  /** Runs it on a thread, and lets the beat go on once it waits for that or is over. */
  private void whileABeatIsUnderWay(Runnable end) throws InterruptedException {
    arrived.await();
    Thread ending = new Thread(end);
    ending.start();
    while (!waits(ending) && ending.isAlive()) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    ending.join();
  }

  private static boolean waits(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  @Test
  void aBeatThatComesLateDoesNotEndTheLeaseOfAnInstanceThatIsKept() throws Exception {
    String instance = launch();
    Heartbeat heartbeat = heartbeat(Duration.ofMillis(1), new HoldingClock());
    heartbeat.watch(instance);

    whileABeatIsUnderWay(() -> heartbeat.keepUntil(Instant.parse("2026-11-22T18:00:00Z")));
    heartbeat.close();

    assertThat(String.valueOf(ec2.instances.get(instance))).contains("2026-11-22T18:00:00Z");
    assertThat(events).isEmpty();
  }

  @Test
  void aBeatThatIsUnderWayAtTheEndOfABuildIsBrokenOffAndWarnsNobody() throws Exception {
    Heartbeat heartbeat = heartbeat(Duration.ofMillis(1));
    heartbeat.watch(launch());
    ec2.faults.beforeCall = number -> holdABeat();

    arrived.await();
    long closing = System.nanoTime();
    // Nobody lets the beat go on.
    heartbeat.close();

    assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(5));
    assertThat(events).isEmpty();
  }
}
