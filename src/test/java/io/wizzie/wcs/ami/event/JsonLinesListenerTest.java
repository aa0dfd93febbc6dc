package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesListenerTest {
  @TempDir private Path folder;

  @Test
  void writesOneObjectPerEvent() {
    Path file = folder.resolve("events.jsonl");
    try (JsonLinesListener lines = JsonLinesListener.open(file)) {
      Samples.ONE_OF_EACH.forEach(lines);
    }

    String at = "{\"at\":\"2026-03-04T05:06:07.891Z\",\"event\":";
    assertThat(file)
        .content()
        .isEqualTo(
            String.join(
                "\n",
                at + "\"stage-started\",\"stage\":\"launch\",\"title\":\"Launch the builder\"}",
                at + "\"resource-created\",\"kind\":\"instance\",\"id\":\"i-0abc\"}",
                at + "\"progress\",\"message\":\"i-0abc is pending\"}",
                at
                    + "\"stage-finished\",\"stage\":\"launch\",\"result\":\"i-0abc\","
                    + "\"elapsedSeconds\":3.21}",
                at
                    + "\"stage-started\",\"stage\":\"converge\",\"title\":\"Converge the cookbooks\"}",
                at
                    + "\"guest-output\",\"source\":\"chef-solo\","
                    + "\"line\":\"\\u001B[32m  * apt_package[jq]\\u001B[0m\"}",
                at + "\"warning\",\"message\":\"The region is not us-east-1.\"}",
                at
                    + "\"stage-failed\",\"stage\":\"converge\","
                    + "\"message\":\"chef-solo failed\\nits log's tail\",\"elapsedSeconds\":72.0}",
                at + "\"resource-removed\",\"kind\":\"instance\",\"id\":\"i-0abc\"}",
                at + "\"image-kept\",\"imageId\":\"ami-0abc\",\"snapshotIds\":[\"snap-1\"]}",
                at
                    + "\"resource-left\",\"kind\":\"security group\",\"id\":\"sg-1\","
                    + "\"reason\":\"still in use\",\"removal\":\"aws ec2 delete-security-group\"}",
                ""));
  }
}
