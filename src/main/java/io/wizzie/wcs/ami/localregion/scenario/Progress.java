package io.wizzie.wcs.ami.localregion.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Occurrence;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Throttle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * How far a scenario has come: what each rule has met and struck, and what its buckets hold. Kept
 * as JSON, so that another process carries on where this one ends.
 */
final class Progress {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String SCENARIO = "scenario";
  private static final String SINCE = "since";
  private static final String MET = "met";
  private static final String STRUCK = "struck";
  private static final String BUCKETS = "buckets";

  private final ObjectNode json;

  private Progress(ObjectNode json) {
    this.json = json;
  }

  /** The beginning of a scenario, which a digest identifies. */
  static Progress begin(String digest, Instant now) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put(SCENARIO, digest).put(SINCE, now.toString());
    return new Progress(json);
  }

  static Progress read(byte[] json) {
    try {
      return MAPPER.readTree(json) instanceof ObjectNode object
          ? new Progress(object)
          : new Progress(MAPPER.createObjectNode());
    } catch (IOException broken) {
      // Somebody wrote into it: the scenario begins again.
      return new Progress(MAPPER.createObjectNode());
    }
  }

  byte[] write() {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isOf(String digest) {
    return json.path(SCENARIO).asText().equals(digest) && json.has(SINCE);
  }

  /** Since when the scenario is in force. */
  Instant since() {
    return Instant.parse(json.path(SINCE).asText());
  }

  /**
   * Counts a call that a rule is about.
   *
   * @return whether the rule triggers
   */
  boolean triggers(String rule, Occurrence when, long seed) {
    int met = count(MET, rule);
    if (met < when.skip() || drawn(seed, rule, met) >= when.probability()) {
      return false;
    }
    Integer limit = when.count();
    if (limit != null && json.path(STRUCK).path(rule).asInt() >= limit) {
      return false;
    }
    count(STRUCK, rule);
    return true;
  }

  /** Takes a token out of a bucket; false if there is none. */
  boolean takes(String bucket, Throttle throttle, Instant now) {
    ObjectNode buckets = json.withObjectProperty(BUCKETS);
    JsonNode before = buckets.path(bucket);
    double tokens = throttle.bucketSize();
    if (before.has("at")) {
      double seconds =
          Duration.between(Instant.parse(before.path("at").asText()), now).toMillis() / 1000.0;
      tokens =
          Math.min(
              tokens,
              before.path("tokens").asDouble() + Math.max(0, seconds) * throttle.refillRate());
    }
    boolean taken = tokens >= 1;
    buckets
        .withObjectProperty(bucket)
        .put("tokens", taken ? tokens - 1 : tokens)
        .put("at", now.toString());
    return taken;
  }

  /** The count before this one. */
  private int count(String what, String rule) {
    ObjectNode counts = json.withObjectProperty(what);
    int before = counts.path(rule).asInt();
    counts.put(rule, before + 1);
    return before;
  }

  /** The same number, from 0 up to 1, for the same call of the same scenario. */
  private static double drawn(long seed, String rule, int call) {
    return new SplittableRandom(seed * 31 + rule.hashCode() + ((long) call << 32)).nextDouble();
  }
}
