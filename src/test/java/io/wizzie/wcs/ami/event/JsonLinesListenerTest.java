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
      Samples.ONE_OF_EACH.forEach(event -> lines.accept(event.in("wcs-1")));
    }

    String at = "\"at\":\"2026-03-04T05:06:07.891Z\",\"buildId\":\"wcs-1\",";
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
}
