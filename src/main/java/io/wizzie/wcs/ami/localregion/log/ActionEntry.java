package io.wizzie.wcs.ami.localregion.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.wizzie.wcs.ami.localregion.query.BrokenConnection;
import io.wizzie.wcs.ami.localregion.query.LateAnswer;
import io.wizzie.wcs.ami.localregion.query.QueryRequest;
import io.wizzie.wcs.ami.localregion.query.Refusal;
import io.wizzie.wcs.ami.localregion.state.StateJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
@JsonPropertyOrder({"time", "region", "action", "code", "status", "message", "scenario"})
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
    @JsonProperty("scenario") @Nullable String rule) {
  private static final int MOST_PARAMETERS = 100;
  private static final int LONGEST = 200;

  /** What a parameter's name has in it whose value is nobody's business. */
  private static final Set<String> SECRET =
      Set.of("userdata", "material", "password", "secret", "presigned");

  public ActionEntry {
    Objects.requireNonNull(time);
    Objects.requireNonNull(action);
    // A line may lack all the others.
    region = Objects.requireNonNullElse(region, "");
    code = Objects.requireNonNullElse(code, "");
    requestId = Objects.requireNonNullElse(requestId, "");
    parameters =
        Collections.unmodifiableSortedMap(
            new TreeMap<>(Objects.requireNonNullElseGet(parameters, TreeMap::new)));
  }

  /** What became of a request: an answer, or what was thrown instead. */
  static ActionEntry of(
      Instant time, Duration took, QueryRequest request, @Nullable RuntimeException thrown) {
    if (thrown instanceof LateAnswer late) {
      Refusal refusal = late.refusal();
      return refusal == null
          ? of(time, took, request, 200, "OK", null, late.rule())
          : of(time, took, request, refusal);
    }
    if (thrown instanceof Refusal refusal) {
      String message = refusal.getMessage();
      return of(time, took, request, refusal.status(), refusal.code(), message, refusal.rule());
    }
    if (thrown instanceof BrokenConnection broken) {
      return of(time, took, request, 0, "ConnectionBroken", null, broken.rule());
    }
    return thrown == null
        ? of(time, took, request, 200, "OK", null, null)
        // What the endpoint makes of it.
        : of(time, took, request, 500, "InternalError", String.valueOf(thrown.getMessage()), null);
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
    return StateJson.MAPPER.valueToTree(this).toString();
  }

  /** Reads a line; empty if it is none, as when somebody wrote into the file. */
  public static Optional<ActionEntry> read(String line) {
    try {
      return Optional.ofNullable(StateJson.LENIENT.readValue(line, ActionEntry.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
