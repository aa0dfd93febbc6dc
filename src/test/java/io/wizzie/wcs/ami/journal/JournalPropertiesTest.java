package io.wizzie.wcs.ami.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.ResourceId;
import io.wizzie.wcs.ami.base.ResourceKind;
import io.wizzie.wcs.ami.journal.RecordedResource.Fate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** A journal is read as it was written, however much of its end a crash took away. */
class JournalPropertiesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T13:58:00Z"), ZoneOffset.UTC);

  private Path output = Path.of("");
  private Path folder = Path.of("");

  @BeforeTry
  void open() throws IOException {
    output = Files.createTempDirectory("wcs-ami-journal-");
    folder = output.resolve("build");
  }

  @AfterTry
  void close() throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 150)
  void aCrashTakesAwayNothingThatWasOnTheDisk(@ForAll("ids") List<String> ids, @ForAll int where)
      throws IOException {
    Set<String> created = new HashSet<>();
    Journal journal = Journal.begin(folder, "build", "eu-west-1", "1.0.0", CLOCK);
    Path file = folder.resolve(Journal.FILE_NAME);
    long header = Files.size(file);
    long[] sizes = new long[ids.size()];
    for (int i = 0; i < ids.size(); i++) {
      long intent =
          journal.intend("eu-west-1", ResourceKind.INSTANCE, Map.of("client-token", ids.get(i)));
      journal.created(intent, new ResourceId("eu-west-1", ResourceKind.INSTANCE, ids.get(i)));
      sizes[i] = Files.size(file);
    }
    byte[] whole = Files.readAllBytes(file);
    int cut = (int) (header + Math.floorMod(where, whole.length - header + 1));
    for (int i = 0; i < ids.size(); i++) {
      if (sizes[i] <= cut) {
        created.add(ids.get(i));
      }
    }

    Files.write(file, Arrays.copyOf(whole, cut));
    RecordedBuild read = JournalReader.read(folder);

    assertThat(read.buildId()).isEqualTo("build");
    assertThat(read.resources()).extracting(RecordedResource::fate).allMatch(Fate.CREATED::equals);
    // One more at most: its line may be whole but for its newline.
    assertThat(read.resources()).extracting(RecordedResource::id).containsAll(created);
    assertThat(read.resources().size()).isLessThanOrEqualTo(created.size() + 1);
    // Nothing that was asked for is forgotten either.
    long asked =
        new String(whole, 0, cut, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("\"intent\"") && line.endsWith("}}"))
            .count();
    assertThat((long) read.resources().size() + read.open().size()).isGreaterThanOrEqualTo(asked);
  }

  @Property(tries = 150)
  void aBuildThatWasReadCanGoOnWriting(@ForAll("ids") List<String> ids, @ForAll int where)
      throws IOException {
    Journal first = Journal.begin(folder, "build", "eu-west-1", "1.0.0", CLOCK);
    Path file = folder.resolve(Journal.FILE_NAME);
    long header = Files.size(file);
    ids.forEach(
        id ->
            first.created(
                first.intend("eu-west-1", ResourceKind.INSTANCE, Map.of("find", id)),
                new ResourceId("eu-west-1", ResourceKind.INSTANCE, id)));
    byte[] whole = Files.readAllBytes(file);
    int cut = (int) (header + Math.floorMod(where, whole.length - header + 1));
    Files.write(file, Arrays.copyOf(whole, cut));

    Journal again = Journal.reopen(folder, null, CLOCK);
    again.created(
        again.intend("eu-west-1", ResourceKind.IMAGE, Map.of("image-name", "x")),
        new ResourceId("eu-west-1", ResourceKind.IMAGE, "ami-new"));
    RecordedBuild read = JournalReader.read(folder);

    assertThat(read.torn()).isFalse();
    assertThat(read.resources()).extracting(RecordedResource::id).contains("ami-new");
  }

  @Property(tries = 300)
  void anyFileIsAJournalOrIsRefusedWithItsPlace(@ForAll("lines") List<String> lines)
      throws IOException {
    Files.createDirectories(folder);
    Path file =
        Files.writeString(
            folder.resolve(Journal.FILE_NAME), String.join("\n", lines), StandardCharsets.UTF_8);

    try {
      assertThat(JournalReader.read(folder)).isNotNull();
    } catch (BuildException refused) {
      assertThat(refused).hasMessageContaining(file + ":").hasMessageNotContaining("Exception");
    }
  }

  @Provide
  Arbitrary<List<String>> ids() {
    return Arbitraries.strings()
        .ofMinLength(1)
        .ofMaxLength(30)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
        .list()
        .uniqueElements()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.of(
            "{\"journal\":1,\"buildId\":\"b\",\"region\":\"r\",\"tool\":\"1\"}",
            "{\"journal\":2,\"buildId\":\"b\",\"region\":\"r\",\"tool\":\"1\"}",
            "{\"seq\":1,\"at\":\"2026-11-22T13:58:00Z\",\"what\":\"intent\",\"kind\":\"k\"}",
            "{\"seq\":2,\"at\":\"2026-11-22T13:58:00Z\",\"what\":\"created\",\"intent\":1,"
                + "\"kind\":\"k\",\"id\":\"i\"}",
            "{\"seq\":3,\"at\":\"2026-11-22T13:58:00Z\",\"what\":\"removed\",\"kind\":\"k\","
                + "\"id\":\"i\"}",
            "{\"seq\":4,\"at\":\"yesterday\",\"what\":\"alive\"}",
            "{\"seq\":5,\"what\":\"left\"}",
            "{\"seq\":\"x\",\"at\":7,\"what\":null}",
            "[]",
            "null",
            "",
            "\u0000\u0000",
            "{\"seq\":",
            "\ud83d\ude00")
        .list()
        .ofMaxSize(8);
  }
}
