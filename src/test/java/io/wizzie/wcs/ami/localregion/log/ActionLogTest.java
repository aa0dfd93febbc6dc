package io.wizzie.wcs.ami.localregion.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wizzie.wcs.ami.localregion.query.BrokenConnection;
import io.wizzie.wcs.ami.localregion.query.QueryRequest;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionLogTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  @Test
  void aLogThatCanNotBeWrittenChangesNoAnswer() throws IOException {
    Files.createFile(folder.resolve("log"));
    int[] calls = {0};
    Function<QueryRequest, String> logged =
        new ActionLog(folder, clock)
            .of(
                request -> {
                  calls[0]++;
                  return "<xml/>";
                });

    assertThat(logged.apply(request("CreateVolume", Map.of()))).isEqualTo("<xml/>");
    assertThat(calls[0]).isEqualTo(1);
  }

  @Test
  void aLineTellsOfEachRequest() {
    Function<QueryRequest, String> logged =
        new ActionLog(folder, clock)
            .of(
                request -> {
                  switch (request.action()) {
                    case "StopInstances" ->
                        throw Refusal.of("IncorrectInstanceState", "It is not running");
                    case "RunInstances" -> throw new BrokenConnection(Duration.ZERO, "faults[0]");
                    case "CreateImage" -> throw new IllegalStateException("A bug");
                    default -> {
                      return "<xml/>";
                    }
                  }
                });

    assertThat(logged.apply(request("DescribeImages", Map.of("Owner.1", "self"))))
        .isEqualTo("<xml/>");
    assertThatThrownBy(() -> logged.apply(request("StopInstances", Map.of())))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> logged.apply(request("RunInstances", Map.of())))
        .isInstanceOf(BrokenConnection.class);
    assertThatThrownBy(() -> logged.apply(request("CreateImage", Map.of())))
        .isInstanceOf(IllegalStateException.class);

    List<ActionEntry> entries = entries(new ActionLogReader(folder).next());
    assertThat(entries.get(0))
        .isEqualTo(
            new ActionEntry(
                NOW,
                "local",
                "DescribeImages",
                new TreeMap<>(Map.of("Owner.1", "self")),
                200,
                "OK",
                null,
                "id-1",
                0,
                null));
    assertThat(entries.get(1).code()).isEqualTo("IncorrectInstanceState");
    assertThat(entries.get(1).message()).isEqualTo("It is not running");
    assertThat(entries.get(2).code()).isEqualTo("ConnectionBroken");
    assertThat(entries.get(2).rule()).isEqualTo("faults[0]");
    assertThat(entries.get(3).code()).isEqualTo("InternalError");
    assertThat(entries.get(3).status()).isEqualTo(500);
  }

  @Test
  void nothingSecretIsWritten() throws Exception {
    log(
        new ActionLog(folder, clock),
        request(
            "RunInstances",
            Map.of(
                "UserData", "c2VjcmV0",
                "PublicKeyMaterial", "secret-key",
                "CopySource.PresignedUrl", "https://secret",
                "Description", "d".repeat(5000))));

    String written = Files.readString(folder.resolve("log/actions.jsonl"));
    assertThat(written).doesNotContain("c2VjcmV0", "secret-key", "https://secret");
    assertThat(written).contains("\"UserData\":\"(8 characters)\"").hasSizeLessThan(1000);
    assertThat(Files.getPosixFilePermissions(folder.resolve("log/actions.jsonl"))).hasSize(2);
  }

  @Test
  void theLogIsBoundedAndReadAcrossItsFiles() throws Exception {
    ActionLog log = new ActionLog(folder, clock, 2000);
    ActionLogReader follower = new ActionLogReader(folder);
    List<String> followed = new ArrayList<>();
    for (int number = 0; number < 100; number++) {
      log(log, request("Action" + number, Map.of()));
      followed.addAll(follower.next());
    }

    assertThat(Files.size(folder.resolve("log/actions.jsonl"))).isLessThanOrEqualTo(2000);
    assertThat(Files.size(folder.resolve("log/actions.1.jsonl"))).isLessThanOrEqualTo(2000);
    // Whoever follows misses nothing.
    assertThat(names(followed))
        .isEqualTo(IntStream.range(0, 100).mapToObj(number -> "Action" + number).toList());
    List<String> kept = names(new ActionLogReader(folder).next());
    assertThat(kept)
        .hasSizeBetween(10, 40)
        .isEqualTo(names(followed).subList(100 - kept.size(), 100));
  }

  @Test
  void aLineThatIsNoneIsPassedOver() {
    assertThat(ActionEntry.read("half a li")).isEmpty();
    assertThat(ActionEntry.read("{}")).isEmpty();
  }

  @Test
  void aLineThatLacksAllButTimeAndActionIsReadWithDefaults() {
    String line = "{\"time\":\"" + NOW + "\",\"action\":\"StopInstances\",\"later\":1";

    assertThat(List.of(line + "}", line + ",\"region\":null,\"parameters\":null}"))
        .allSatisfy(
            each ->
                assertThat(ActionEntry.read(each))
                    .contains(
                        new ActionEntry(
                            NOW, "", "StopInstances", new TreeMap<>(), 0, "", null, "", 0, null)));
  }

  private static void log(ActionLog log, QueryRequest request) {
    assertThat(log.of(any -> "").apply(request)).isEmpty();
  }

  private static List<String> names(List<String> lines) {
    return entries(lines).stream().map(ActionEntry::action).toList();
  }

  private static List<ActionEntry> entries(List<String> lines) {
    return lines.stream().map(line -> ActionEntry.read(line).orElseThrow()).toList();
  }

  private static QueryRequest request(String action, Map<String, String> parameters) {
    return new QueryRequest("id-1", action, "local", new TreeMap<>(parameters));
  }
}
