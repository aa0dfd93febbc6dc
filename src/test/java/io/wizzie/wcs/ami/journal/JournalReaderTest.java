package io.wizzie.wcs.ami.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.LockFile;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.journal.RecordedBuild.Intent;
import io.wizzie.wcs.ami.journal.RecordedResource.Fate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalReaderTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T13:58:00Z"), ZoneOffset.UTC);

  @TempDir private Path output;
  private Path folder;
  private Path file;
  private Journal journal;

  @BeforeEach
  void begin() {
    folder = output.resolve("wcs-1");
    file = folder.resolve("journal.jsonl");
    journal = Journal.begin(folder, "wcs-1", "eu-west-1", "1.0.0", CLOCK);
  }

  private RecordedBuild read() {
    return JournalReader.read(folder);
  }

  private void add(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  @Test
  void tellsWhatBecameOfEachThing() {
    created(ResourceKind.KEY_PAIR, "wcs-1");
    created(ResourceKind.INSTANCE, "i-1");
    created(ResourceKind.IMAGE, "ami-1");
    created(ResourceKind.SNAPSHOT, "snap-1");
    journal.removed(new ResourceId("eu-west-1", ResourceKind.KEY_PAIR, "wcs-1"));
    journal.left(new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1"));
    journal.kept(new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-1"));
    journal.removed(new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-1"));
    journal.note("spec", "abc");
    journal.alive();
    journal.finished("built");

    RecordedBuild build = read();
    assertThat(build.buildId()).isEqualTo("wcs-1");
    assertThat(build.region()).isEqualTo("eu-west-1");
    assertThat(build.begunAt()).isEqualTo(CLOCK.instant());
    assertThat(build.outcome()).isEqualTo("built");
    assertThat(build.torn()).isFalse();
    assertThat(build.open()).isEmpty();
    assertThat(build.notes()).containsExactly(Map.entry("spec", "abc"));
    assertThat(build.resources())
        .extracting(RecordedResource::id, RecordedResource::fate)
        .containsExactly(
            tuple("wcs-1", Fate.REMOVED),
            tuple("i-1", Fate.LEFT),
            tuple("ami-1", Fate.KEPT),
            tuple("snap-1", Fate.CREATED));
    assertThat(build.isKept(new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-1"))).isTrue();
    assertThat(build.isKept(new ResourceId("eu-west-1", ResourceKind.SNAPSHOT, "snap-1")))
        .isFalse();
  }

  @Test
  void tellsWhatMayHaveBeenCreated() {
    long lost = journal.intend("eu-west-1", ResourceKind.IMAGE, Map.of("image-name", "wcs"));
    journal.unanswered(lost, "no answer");
    journal.refused(
        journal.intend("eu-west-1", ResourceKind.INSTANCE, Map.of("client-token", "t-1")),
        "Unsupported");
    journal.intend("eu-west-1", ResourceKind.INSTANCE, Map.of("client-token", "t-2"));

    assertThat(read().open())
        .extracting(Intent::kind, Intent::find)
        .containsExactly(
            tuple(ResourceKind.IMAGE, Map.of("image-name", "wcs")),
            tuple(ResourceKind.INSTANCE, Map.of("client-token", "t-2")));
    assertThat(read().outcome()).isNull();
  }

  @Test
  void toleratesALastLineThatIsCutOffAnywhere() throws IOException {
    created(ResourceKind.INSTANCE, "i-\u00e4");
    byte[] whole = Files.readAllBytes(file);
    int before = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('\n', whole.length - 2);
    for (int length = before + 2; length < whole.length - 1; length++) {
      Files.write(file, Arrays.copyOf(whole, length));

      RecordedBuild build = read();

      assertThat(build.torn()).isTrue();
      assertThat(build.resources()).isEmpty();
      assertThat(build.open()).hasSize(1);
    }
  }

  @Test
  void takesALastLineThatLacksItsEndOnly() throws IOException {
    created(ResourceKind.INSTANCE, "i-1");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));

    assertThat(read().resources()).hasSize(1);
  }

  @Test
  void toleratesALastLineOfZeros() throws IOException {
    created(ResourceKind.INSTANCE, "i-1");
    add("\0\0\0\0\n");

    assertThat(read().torn()).isTrue();
    assertThat(read().resources()).hasSize(1);
  }

  @Test
  void refusesACorruptLineWithItsPlace() throws IOException {
    add("no record\n");
    journal.alive();

    assertThatThrownBy(this::read)
        .isInstanceOf(BuildException.class)
        .hasMessageStartingWith(file + ":2: is not a valid record");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"seq\":1,\"at\":\"2026-11-22T13:58:00Z\",\"what\":\"created\",\"intent\":1}",
        "{\"seq\":1,\"at\":\"yesterday\",\"what\":\"alive\"}",
        "{\"seq\":1,\"at\":\"2026-11-22T13:58:00Z\",\"what\":7}",
        "{\"at\":\"2026-11-22T13:58:00Z\",\"what\":\"intent\",\"kind\":\"image\"}",
      })
  void refusesARecordThatLacksSomething(String line) throws IOException {
    add(line + "\n");

    assertThatThrownBy(this::read).hasMessageStartingWith(file + ":2: ");
  }

  @Test
  void passesOverWordsOfALaterProgram() throws IOException {
    add("{\"seq\":1,\"at\":\"2026-11-22T13:58:00Z\",\"what\":\"dreamt\"}\n");

    assertThat(read().resources()).isEmpty();
  }

  @Test
  void readsTheFirstFormatWhoseResourcesAreAllInTheRegionOfTheHeader() throws IOException {
    Files.writeString(
        file,
        """
        {"journal":1,"buildId":"wcs-1","region":"eu-south-2","tool":"0.9"}
        {"seq":1,"at":"2026-11-22T13:58:00Z","what":"intent","kind":"image","find":{"image-name":"x"}}
        {"seq":2,"at":"2026-11-22T13:58:00Z","what":"created","intent":1,"kind":"image","id":"ami-1"}
        {"seq":3,"at":"2026-11-22T13:58:00Z","what":"intent","kind":"instance","find":{"token":"t"}}
        """);
    Journal.reopen(folder, null, CLOCK)
        .removed(new ResourceId("eu-south-2", ResourceKind.IMAGE, "ami-1"));

    assertThat(read().resources())
        .extracting(RecordedResource::resource, RecordedResource::fate)
        .containsExactly(
            tuple(new ResourceId("eu-south-2", ResourceKind.IMAGE, "ami-1"), Fate.REMOVED));
    assertThat(read().open()).extracting(Intent::region).containsExactly("eu-south-2");
  }

  @Test
  void tellsOneRegionsImageFromAnothersOfTheSameId() {
    journal.kept(new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-1"));
    journal.removed(new ResourceId("us-east-1", ResourceKind.IMAGE, "ami-1"));

    assertThat(read().isKept(new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-1"))).isTrue();
    assertThat(read().resources())
        .extracting(RecordedResource::fate)
        .containsExactly(Fate.KEPT, Fate.REMOVED);
  }

  @Test
  void refusesALaterFormatAndAFileWithoutHeader() throws IOException {
    Files.writeString(file, "{\"journal\":3,\"buildId\":\"wcs-1\"}\n");
    assertThatThrownBy(this::read).hasMessageContaining(":1: format 3 is not known");

    Files.writeString(file, "");
    assertThatThrownBy(this::read).hasMessageContaining(":1: there is no whole header");

    Files.delete(file);
    assertThat(JournalReader.isIn(folder)).isFalse();
    assertThatThrownBy(this::read).hasMessageContaining("can't be read");
  }

  @Test
  void goesOnAfterATornLine() throws IOException {
    created(ResourceKind.INSTANCE, "i-1");
    add("{\"seq\":3,\"at");
    Journal again = Journal.reopen(folder, null, CLOCK);
    again.removed(new ResourceId("eu-west-1", ResourceKind.INSTANCE, "i-1"));

    assertThat(read().torn()).isFalse();
    assertThat(read().resources()).extracting(RecordedResource::fate).containsExactly(Fate.REMOVED);
  }

  @Test
  void theBuildIsAliveUntilItsJournalIsFinished() throws IOException {
    assertThat(LockFile.isTaken(Journal.lockFile(folder))).isTrue();
    assertThat(LockFile.tryTake(Journal.lockFile(folder), Journal.PATIENCE)).isEmpty();

    journal.finished("built");

    assertThat(LockFile.isTaken(Journal.lockFile(folder))).isFalse();
    assertThat(folder.resolve("journal.lock")).doesNotExist();
  }

  @Test
  void aLockThatItsProcessLeftBehindIsNotHeld() throws IOException {
    journal.finished("built");
    Files.createFile(folder.resolve("journal.lock"));

    assertThat(LockFile.isTaken(Journal.lockFile(folder))).isFalse();
    assertThat(folder.resolve("journal.lock")).exists();
  }

  private void created(ResourceKind kind, String id) {
    journal.created(
        journal.intend("eu-west-1", kind, Map.of("name", id)),
        new ResourceId("eu-west-1", kind, id));
  }

  @Test
  void aLockFileIsDiscardedOnlyWhenItsProcessIsDead() throws IOException {
    journal.finished("built");
    Path lock = folder.resolve("journal.lock");
    Files.createFile(lock);

    LockFile.discard(Journal.lockFile(folder));

    assertThat(lock).doesNotExist();
    LockFile.discard(Journal.lockFile(folder));
    try (LockFile held =
        LockFile.tryTake(Journal.lockFile(folder), Journal.PATIENCE).orElseThrow()) {
      LockFile.discard(Journal.lockFile(folder));
      assertThat(lock).exists();
      held.remove();
    }
    assertThat(lock).doesNotExist();
  }
}
