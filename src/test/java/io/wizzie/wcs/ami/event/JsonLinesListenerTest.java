package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesListenerTest {
  @TempDir private Path folder;

  @Test
  void writesOneObjectPerEvent() {
    Path file = folder.resolve("events.jsonl");
    try (JsonLinesListener lines = new JsonLinesListener(file, "wcs-1")) {
      Samples.ONE_OF_EACH.forEach(lines);
    }

    String at = "\"buildId\":\"wcs-1\",\"at\":\"2026-03-04T05:06:07.891Z\",";
    assertThat(file)
        .content()
        .isEqualTo(
            String.join(
                "\n",
                "{\"event\":\"stage-started\","
                    + at
                    + "\"stage\":\"launch\",\"title\":\"Launch the builder\"}",
                "{\"event\":\"resource-created\","
                    + at
                    + "\"region\":\"eu-west-1\",\"kind\":\"instance\",\"id\":\"i-0abc\"}",
                "{\"event\":\"progress\"," + at + "\"message\":\"i-0abc is pending\"}",
                "{\"event\":\"stage-finished\","
                    + at
                    + "\"stage\":\"launch\",\"result\":\"i-0abc\",\"elapsedSeconds\":3.21}",
                "{\"event\":\"stage-started\","
                    + at
                    + "\"stage\":\"converge\",\"title\":\"Converge the cookbooks\"}",
                "{\"event\":\"guest-output\","
                    + at
                    + "\"source\":\"chef-solo\","
                    + "\"line\":\"\\u001B[32m  * apt_package[jq]\\u001B[0m\"}",
                "{\"event\":\"warning\"," + at + "\"message\":\"The region is not us-east-1.\"}",
                "{\"event\":\"stage-failed\","
                    + at
                    + "\"stage\":\"converge\","
                    + "\"message\":\"chef-solo failed\\nits log's tail\",\"elapsedSeconds\":72.0}",
                "{\"event\":\"resource-removed\","
                    + at
                    + "\"region\":\"eu-west-1\",\"kind\":\"instance\",\"id\":\"i-0abc\"}",
                "{\"event\":\"image-kept\","
                    + at
                    + "\"imageId\":\"ami-0abc\",\"snapshotIds\":[\"snap-1\"]}",
                "{\"event\":\"resource-left\","
                    + at
                    + "\"region\":\"eu-west-1\",\"kind\":\"security group\",\"id\":\"sg-1\","
                    + "\"reason\":\"still in use\",\"removal\":\"aws ec2 delete-security-group\"}",
                ""));
  }

  @Test
  void aMaskedEventIsStillItsBuilds() throws IOException {
    SecretMask mask = new SecretMask();
    mask.add("correct-horse-battery");
    Instant at = Instant.parse("2026-11-22T10:00:00Z");
    Path file = folder.resolve("events.jsonl");
    try (FanOut listeners = new FanOut(Clock.systemUTC(), mask)) {
      listeners.add("the event log", new JsonLinesListener(file, "wcs-1"));
      listeners.accept(new BuildEvent.GuestOutput(at, "chef-solo", "correct-horse-battery"));
      listeners.accept(new BuildEvent.Progress(at, "correct-horse-battery"));
      listeners.accept(new BuildEvent.Warning(at, "correct-horse-battery"));
    }

    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .allMatch(line -> line.contains("\"buildId\":\"wcs-1\""))
        .allMatch(line -> line.contains("(secret)"));
  }
}
