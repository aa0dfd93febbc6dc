package io.wizzie.wcs.ami.localregion.scenario;

import io.wizzie.wcs.ami.localregion.scenario.Scenario.Occurrence;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Throttle;
import io.wizzie.wcs.ami.localregion.state.StateJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How far a scenario has come: what each rule has met and struck, and what its buckets hold. Kept
 * as JSON, so that another process carries on where this one ends.
 */
final class Progress {
  private String scenario = "";
  private Instant since = Instant.MAX;
  private final Map<String, Integer> met = new TreeMap<>();
  private final Map<String, Integer> struck = new TreeMap<>();
  private final Map<String, Bucket> buckets = new TreeMap<>();

  private Progress() {}

  /** The tokens that a bucket had at a time. */
  private record Bucket(double tokens, Instant at) {
    Bucket {
      Objects.requireNonNull(at);
    }
  }

  /** The beginning of a scenario, which a digest identifies. */
  static Progress begin(String digest, Instant now) {
    Progress progress = new Progress();
    progress.scenario = digest;
    progress.since = now;
    return progress;
  }

  static Progress read(byte[] json) {
    try {
      return Objects.requireNonNullElseGet(
          StateJson.LENIENT.readValue(json, Progress.class), Progress::new);
    } catch (IOException broken) {
      // Somebody wrote into it: the scenario begins again.
      return new Progress();
    }
  }

  byte[] write() {
    return StateJson.MAPPER.valueToTree(this).toString().getBytes(StandardCharsets.UTF_8);
  }

  boolean isOf(String digest) {
    return digest.equals(scenario) && !since.equals(Instant.MAX);
  }

  /** Since when the scenario is in force. */
  Instant since() {
    return since;
  }

  /** Counts a call that a rule is about, and says whether the rule triggers. */
  boolean triggers(String rule, Occurrence when, long seed) {
    int before = met.merge(rule, 1, Integer::sum) - 1;
    Integer limit = when.count();
    boolean triggered =
        before >= when.skip()
            && drawn(seed, rule, before) < when.probability()
            && (limit == null || struck.getOrDefault(rule, 0) < limit);
    if (triggered) {
      struck.merge(rule, 1, Integer::sum);
    }
    return triggered;
  }

  /** Takes a token out of a bucket; false if there is none. */
  boolean takes(String bucket, Throttle throttle, Instant now) {
    Bucket before = buckets.getOrDefault(bucket, new Bucket(throttle.bucketSize(), now));
    double seconds = Math.max(0, Duration.between(before.at(), now).toMillis() / 1000.0);
    double tokens =
        Math.min(throttle.bucketSize(), before.tokens() + seconds * throttle.refillRate());
    boolean taken = tokens >= 1;
    buckets.put(bucket, new Bucket(taken ? tokens - 1 : tokens, now));
    return taken;
  }

  /** The same number, from 0 up to 1, for the same call of the same scenario. */
  private static double drawn(long seed, String rule, int call) {
    return new SplittableRandom(seed * 31 + rule.hashCode() + ((long) call << 32)).nextDouble();
  }
}
