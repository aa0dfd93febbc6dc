package io.wizzie.wcs.ami.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T13:58:00Z"), ZoneOffset.UTC);

  @TempDir Path output;

  private Journal begin() {
    return Journal.begin(output.resolve("wcs-1"), "wcs-1", "eu-west-1", "1.0.0", CLOCK);
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(output.resolve("wcs-1/journal.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void beginsWithAVersionedHeaderInAFolderOfTheUsersOwn() throws IOException {
    begin();

    assertThat(lines().get(0).toString())
        .startsWith(
            "{\"journal\":2,\"buildId\":\"wcs-1\",\"region\":\"eu-west-1\",\"tool\":\"1.0.0\","
                + "\"at\":\"2026-11-22T13:58:00Z\",\"pid\":");
    assertThat(permissions(output.resolve("wcs-1"))).isEqualTo("rwx------");
    assertThat(permissions(output.resolve("wcs-1/journal.jsonl"))).isEqualTo("rw-------");
  }

  @Test
  void refersFromWhatWasCreatedToTheIntent() throws IOException {
    Journal journal = begin();
    long intent =
        journal.intend("eu-west-1", ResourceKind.INSTANCE, Map.of("client-token", "wcs-1-1"));
    journal.created(intent, new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1"));
    long refused = journal.intend("eu-west-1", ResourceKind.IMAGE, Map.of("image-name", "wcs"));
    journal.refused(refused, "UnauthorizedOperation");
    journal.removed(new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1"));
    journal.left(new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-1"));
    journal.finished("failed");

    List<JsonNode> lines = lines();
    assertThat(lines.get(1).path("find").path("client-token").asText()).isEqualTo("wcs-1-1");
    assertThat(lines.get(2).path("intent").asLong()).isEqualTo(lines.get(1).path("seq").asLong());
    assertThat(lines.get(4).path("intent").asLong()).isEqualTo(refused);
    assertThat(lines)
        .extracting(line -> line.path("what").asText())
        .containsExactly(
            "", "intent", "created", "intent", "refused", "removed", "left", "finished");
    assertThat(lines.get(5).path("at").asText()).isEqualTo("2026-11-22T13:58:00Z");
  }

  @Test
  void isWrittenAlsoWhileTheThreadIsInterrupted() throws IOException {
    Journal journal = begin();
    Thread.currentThread().interrupt();
    journal.removed(new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(lines()).hasSize(2);
  }

  @Test
  void isNotBegunTwice() {
    begin();

    assertThatThrownBy(this::begin)
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("can't be created");
  }

  @Test
  void isNotBegunWithoutItsLock() throws IOException {
    Path folder = Files.createDirectories(output.resolve("wcs-1"));
    try (LockFile held = LockFile.tryTake(Journal.lockFile(folder), Duration.ZERO).orElseThrow()) {
      assertThatThrownBy(this::begin)
          .isInstanceOf(BuildException.class)
          .hasMessageContaining("another process has its lock");
      assertThat(held.valid()).isTrue();
    }

    assertThat(folder.resolve("journal.jsonl")).doesNotExist();
    begin();
  }

  @Test
  void givesItsLockBackWhenItsHeaderCannotBeWritten() throws IOException {
    Path folder = output.resolve("wcs-1");
    Path file = folder.resolve(Journal.FILE_NAME);
    // The header's time is asked for between the making of the file and the writing of its line.
    InstantSource cutsOff =
        () -> {
          assertThat(file.toFile().delete()).isTrue();
          return CLOCK.instant();
        };

    assertThatThrownBy(
            () ->
                Journal.begin(
                    folder, "wcs-1", "eu-west-1", "1.0.0", cutsOff.withZone(ZoneOffset.UTC)))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("can't be written");
    assertThat(LockFile.isTaken(Journal.lockFile(folder))).isFalse();
    begin();
  }

  @Test
  void isWrittenAlsoWhenTheThreadIsInterruptedMeanwhile() throws Exception {
    Journal journal = begin();
    Thread writing =
        new Thread(
            () -> {
              for (int i = 0; i < 200; i++) {
                journal.removed(new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-" + i));
              }
            });
    writing.start();
    // A pause between two, or the writer never comes to an end on a busy machine.
    while (writing.isAlive()) {
      writing.interrupt();
      writing.join(1);
    }

    assertThat(lines()).hasSize(201);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
