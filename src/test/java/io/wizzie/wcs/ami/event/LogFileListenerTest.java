package io.wizzie.wcs.ami.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileListenerTest {
  @TempDir private Path folder;

  @Test
  void writesEverythingInFullWithTimes() throws IOException {
    Path file = folder.resolve("build.log");
    try (LogFileListener log = new LogFileListener(file)) {
      Samples.ONE_OF_EACH.forEach(log);

      assertThat(file)
          .hasContent(
              """
              2026-03-04T05:06:07.891Z STAGE launch started: Launch the builder
              2026-03-04T05:06:07.891Z CREATED instance i-0abc
              2026-03-04T05:06:07.891Z i-0abc is pending
              2026-03-04T05:06:07.891Z STAGE launch finished in 3.2s: i-0abc
              2026-03-04T05:06:07.891Z STAGE converge started: Converge the cookbooks
              2026-03-04T05:06:07.891Z chef-solo|   * apt_package[jq]
              2026-03-04T05:06:07.891Z WARNING The region is not us-east-1.
              2026-03-04T05:06:07.891Z STAGE converge failed after 1m12s: chef-solo failed
              2026-03-04T05:06:07.891Z its log's tail
              2026-03-04T05:06:07.891Z REMOVED instance i-0abc
              2026-03-04T05:06:07.891Z KEPT image ami-0abc with [snap-1]
              2026-03-04T05:06:07.891Z LEFT security group sg-1: still in use; remove it with: \
              aws ec2 delete-security-group
              """);
    }
  }

  @Test
  void recordsTheStackTraceOfAFailure() throws IOException {
    Path file = folder.resolve("build.log");
    try (LogFileListener log = new LogFileListener(file)) {
      log.failure(Instant.EPOCH, new IllegalStateException("broken", new IOException("deep")));
    }

    assertThat(Files.readString(file))
        .startsWith("1970-01-01T00:00:00.000Z java.lang.IllegalStateException: broken\n")
        .contains("Z Caused by: java.io.IOException: deep\n");
  }

  @Test
  void goesOnAfterAnInterrupt() {
    Path file = folder.resolve("build.log");
    try (LogFileListener log = new LogFileListener(file)) {
      Thread.currentThread().interrupt();
      try {
        Samples.ONE_OF_EACH.forEach(log);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      log.failure(Instant.EPOCH, new IOException("after it"));
    }

    assertThat(file).content().contains("STAGE launch started", "REMOVED instance", "after it");
  }

  @Test
  void addsToALogThatExists() {
    Path file = folder.resolve("build.log");
    for (int i = 0; i < 2; i++) {
      try (LogFileListener log = new LogFileListener(file)) {
        log.accept(Samples.ONE_OF_EACH.get(2));
      }
    }

    assertThat(file).content().hasLineCount(2);
  }

  @Test
  void saysThatItCanNotBeOpened() {
    assertThatThrownBy(() -> new LogFileListener(folder.resolve("missing/build.log")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing");
  }
}
