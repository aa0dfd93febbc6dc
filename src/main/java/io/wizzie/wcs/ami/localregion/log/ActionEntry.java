package io.wizzie.wcs.ami.localregion.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wizzie.wcs.ami.localregion.query.BrokenConnection;
import io.wizzie.wcs.ami.localregion.query.LateAnswer;
import io.wizzie.wcs.ami.localregion.query.QueryRequest;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A line of the action log.
 *
 * @param time when the request came
 * @param parameters without what may be secret, and cut short
 * @param status of HTTP; 0 if there was no answer
 * @param code {@code OK}, EC2's error code, or {@code ConnectionBroken}
 * @param message of the error; null if it is none
 * @param millis until the answer was known; how long a scenario keeps it back is no part of that
 * @param rule of the scenario that wanted it; null if the region did
 */
public record ActionEntry(
    Instant time,
    String region,
    String action,
    SortedMap<String, String> parameters,
    int status,
    String code,
    @Nullable String message,
    String requestId,
    long millis,
    @Nullable String rule) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int MOST_PARAMETERS = 100;
  private static final int LONGEST = 200;

  /** What a parameter's name has in it whose value is nobody's business. */
  private static final Set<String> SECRET =
      Set.of("userdata", "material", "password", "secret", "presigned");

  public ActionEntry {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  static ActionEntry answered(Instant time, Duration took, QueryRequest request) {
    return of(time, took, request, 200, "OK", null, null);
  }

  static ActionEntry refused(Instant time, Duration took, QueryRequest request, Refusal refusal) {
    return of(
        time,
        took,
        request,
        refusal.status(),
        refusal.code(),
        refusal.getMessage(),
        refusal.rule());
  }

  static ActionEntry late(Instant time, Duration took, QueryRequest request, LateAnswer late) {
    Refusal refusal = late.refusal();
    return refusal == null
        ? of(time, took, request, 200, "OK", null, late.rule())
        : refused(time, took, request, refusal);
  }

  static ActionEntry broken(
      Instant time, Duration took, QueryRequest request, BrokenConnection broken) {
    return of(time, took, request, 0, "ConnectionBroken", null, broken.rule());
  }

  private static ActionEntry of(
      Instant time,
      Duration took,
      QueryRequest request,
      int status,
      String code,
      @Nullable String message,
      @Nullable String rule) {
    return new ActionEntry(
        time,
        request.region(),
        shortened(request.action()),
        harmless(request.parameters()),
        status,
        code,
        message == null ? null : shortened(message),
        request.id(),
        took.toMillis(),
        rule);
  }

  private static SortedMap<String, String> harmless(Map<String, String> parameters) {
    SortedMap<String, String> harmless = new TreeMap<>();
    parameters.entrySet().stream()
        .limit(MOST_PARAMETERS)
        .forEach(
            parameter -> {
              String name = parameter.getKey().toLowerCase(Locale.ROOT);
              boolean secret = SECRET.stream().anyMatch(name::contains);
              harmless.put(
                  shortened(parameter.getKey()),
                  secret
                      ? "(" + parameter.getValue().length() + " characters)"
                      : shortened(parameter.getValue()));
            });
    return harmless;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  String json() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("time", time.toString())
        .put("region", region)
        .put("action", action)
        .put("code", code)
        .put("status", status);
    if (message != null) {
      json.put("message", message);
    }
    if (rule != null) {
      json.put("scenario", rule);
    }
    ObjectNode written = json.putObject("parameters");
    parameters.forEach(written::put);
    return json.put("requestId", requestId).put("millis", millis).toString();
  }

  /** Reads a line; empty if it is none, as when somebody wrote into the file. */
  public static Optional<ActionEntry> read(String line) {
    JsonNode json;
    try {
      json = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if (!json.has("time") || !json.has("action")) {
      return Optional.empty();
    }
    SortedMap<String, String> parameters = new TreeMap<>();
    json.path("parameters")
        .properties()
        .forEach(member -> parameters.put(member.getKey(), member.getValue().asText()));
    return Optional.of(
        new ActionEntry(
            Instant.parse(json.path("time").asText()),
            json.path("region").asText(),
            json.path("action").asText(),
            parameters,
            json.path("status").asInt(),
            json.path("code").asText(),
            json.path("message").asText(null),
            json.path("requestId").asText(),
            json.path("millis").asLong(),
            json.path("scenario").asText(null)));
  }
}
