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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

class HeartbeatTest {
  @TempDir private Path output;
  private final VirtualTime time = new VirtualTime();
  private final FakeEc2 ec2 = new FakeEc2(time);
  private final List<BuildEvent> events = new ArrayList<>();

  private Heartbeat heartbeat() {
    EventStream stream = new EventStream("wcs-1", time, events::add);
    Waiter waiter = new Waiter(time, time, new Random(1), line -> {});
    return new Heartbeat(
        time,
        Ec2Verbs.over(ec2.connection(), waiter).instances(),
        Journal.begin(output.resolve("wcs-1"), "wcs-1", "eu-west-1", "1.0.0", time),
        stream);
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
}
