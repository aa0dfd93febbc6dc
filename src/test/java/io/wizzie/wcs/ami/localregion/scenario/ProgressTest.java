package io.wizzie.wcs.ami.localregion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wizzie.wcs.ami.localregion.scenario.Scenario.Occurrence;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Throttle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scenario has counted, when somebody wrote into its file. */
class ProgressTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String BEGUN = "{'scenario': 'one', 'since': '2026-01-02T03:04:05Z'";
  private static final Occurrence ONCE = new Occurrence(0, 1, 1);
  private static final Throttle ONE_TOKEN = new Throttle(List.of(), 1, 0, false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{'scenario': 'one'}",
        "{'scenario': 'one', 'since': null}",
        "{'scenario': 'one', 'since': 'today'}",
        BEGUN + ", 'met': {'rule': 'often'}}",
        BEGUN + ", 'buckets': {'bucket': {'tokens': 1}}}",
      })
  void whatCanNotBeReadBeginsAgain(String json) {
    assertThat(read(json).isOf("one")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BEGUN + ", 'later': 1}",
        BEGUN + ", 'met': null, 'struck': null, 'buckets': null}",
        BEGUN + ", 'met': {'rule': null}, 'struck': {'rule': null}, 'buckets': {'bucket': null}}",
      })
  void whatIsUnknownOrNullIsNotThere(String json) {
    Progress progress = read(json);

    assertThat(progress.isOf("one")).isTrue();
    assertThat(progress.since()).isEqualTo(NOW);
    assertThat(progress.triggers("rule", ONCE, 1)).isTrue();
    assertThat(progress.triggers("rule", ONCE, 1)).isFalse();
    assertThat(progress.takes("bucket", ONE_TOKEN, NOW)).isTrue();
    assertThat(progress.takes("bucket", ONE_TOKEN, NOW)).isFalse();
  }

  @Test
  void whatWasCountedIsReadAgain() {
    Progress before = Progress.begin("one", NOW);
    assertThat(before.triggers("rule", ONCE, 1)).isTrue();
    assertThat(before.takes("bucket", ONE_TOKEN, NOW)).isTrue();

    Progress after = Progress.read(before.write());

    assertThat(after.isOf("one")).isTrue();
    assertThat(after.triggers("rule", ONCE, 1)).isFalse();
    assertThat(after.takes("bucket", ONE_TOKEN, NOW)).isFalse();
  }

  private static Progress read(String json) {
    return Progress.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
