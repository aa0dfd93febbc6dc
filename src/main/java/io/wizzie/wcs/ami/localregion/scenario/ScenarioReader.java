package io.wizzie.wcs.ami.localregion.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.localregion.model.Glob;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Answer;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.CapacityError;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Fault;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Occurrence;
import io.wizzie.wcs.ami.localregion.scenario.Scenario.Throttle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads scenarios: JSON with comments. Everything that is wrong with one is told at once. */
public final class ScenarioReader {
  /** States that can be made to last, by what has them. */
  static final Map<String, List<String>> STATES =
      Map.of(
          "instance", List.of("pending", "stopping", "shutting-down"),
          "image", List.of("pending"),
          "snapshot", List.of("pending"),
          "volume", List.of("creating"));

  /** EC2's resource types that can be invisible at first. */
  static final Set<String> TYPES =
      Set.of("instance", "image", "snapshot", "volume", "security-group", "key-pair");

  /** What a fault can be. */
  private static final List<String> KINDS = List.of("error", "connection", "answerAfter");

  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration USUAL_STALL = Duration.ofMinutes(5);
  private static final String NO_CAPACITY = "InsufficientInstanceCapacity";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ScenarioReader() {}

  /** The text of a scenario file, which is one, or a failure with all that is wrong. */
  public static String text(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw Category.CONFIGURATION.failure("The scenario " + file + " can't be read: " + e, e);
    }
    read(file.toString(), text);
    return text;
  }

  /** Reads a scenario; the failure names the source and all that is wrong. */
  public static Scenario read(String source, String text) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw Category.CONFIGURATION.failure(
          "The scenario "
              + source
              + " is not JSON: "
              + e.getOriginalMessage()
              + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"));
    }
    List<String> problems = new ArrayList<>();
    Scenario scenario = scenario(Members.of(tree, "", problems));
    if (!problems.isEmpty()) {
      throw Category.CONFIGURATION.failure(
          "The scenario " + source + " is wrong:\n  " + String.join("\n  ", problems));
    }
    return scenario;
  }

  private static Scenario scenario(Members members) {
    String ignored = members.text("$schema");
    Scenario scenario =
        new Scenario(
            members.text("description"),
            members.whole("seed", 0, 0, Integer.MAX_VALUE),
            delays(members.object("delays")),
            durations(members.object("eventualConsistency"), TYPES, ""),
            members.objects("throttling").stream().map(ScenarioReader::throttle).toList(),
            members.objects("capacity").stream().map(ScenarioReader::capacityError).toList(),
            members.objects("faults").stream().map(ScenarioReader::fault).toList());
    members.end();
    return scenario;
  }

  private static Map<String, Duration> delays(Members members) {
    Map<String, Duration> delays = new LinkedHashMap<>();
    STATES.forEach(
        (type, states) -> delays.putAll(durations(members.object(type), states, type + ".")));
    members.end();
    return delays;
  }

  private static Map<String, Duration> durations(
      Members members, Iterable<String> names, String prefix) {
    Map<String, Duration> durations = new LinkedHashMap<>();
    for (String name : names) {
      @Nullable Duration duration = members.duration(name, LONGEST);
      if (duration != null) {
        durations.put(prefix + name, duration);
      }
    }
    members.end();
    return durations;
  }

  private static Throttle throttle(Members members) {
    Throttle throttle =
        new Throttle(
            patterns(members, "actions"),
            members.whole("bucketSize", 1, 1, 1_000_000),
            members.number("refillRate", 1, 0, 1_000_000),
            members.flag("perAction"));
    members.require("bucketSize", "refillRate");
    members.end();
    return throttle;
  }

  private static CapacityError capacityError(Members members) {
    @Nullable String code = members.text("code");
    CapacityError error =
        new CapacityError(
            patterns(members, "instanceTypes"),
            patterns(members, "subnets"),
            patterns(members, "availabilityZones"),
            code == null ? NO_CAPACITY : code,
            occurrence(members));
    members.end();
    return error;
  }

  private static Fault fault(Members members) {
    @Nullable String connection = members.text("connection", "reset", "stall");
    @Nullable Duration stall = members.duration("stallFor", LONGEST);
    @Nullable Duration answerAfter = members.duration("answerAfter", LONGEST);
    if (KINDS.stream().filter(members::has).count() != 1) {
      members.problem("needs exactly one of " + String.join(", ", KINDS) + ".");
    }
    if (stall != null && !"stall".equals(connection)) {
      members.problem("has a stallFor, which goes with \"connection\": \"stall\" only.");
    }
    if (members.has("answerAfter") && members.has("afterEffect")) {
      members.problem("has an afterEffect, but with answerAfter the effect always comes first.");
    }
    Duration silence = stall == null ? USUAL_STALL : stall;
    Fault fault =
        new Fault(
            patterns(members, "actions"),
            members.has("error") ? answer(members.object("error")) : null,
            "stall".equals(connection) ? silence : Duration.ZERO,
            answerAfter,
            members.flag("afterEffect"),
            occurrence(members));
    members.end();
    return fault;
  }

  private static Answer answer(Members members) {
    members.require("code");
    @Nullable String code = members.text("code");
    @Nullable String message = members.text("message");
    Answer answer =
        new Answer(
            code == null ? "" : code,
            message == null ? "The scenario wants this error." : message,
            members.whole("status", 400, 400, 599));
    members.end();
    return answer;
  }

  private static Occurrence occurrence(Members members) {
    return new Occurrence(
        members.whole("skip", 0, 0, 1_000_000),
        members.has("count") ? (Integer) members.whole("count", 1, 1, 1_000_000) : null,
        members.number("probability", 1, 0, 1));
  }

  /** Without any, all are meant. */
  private static List<Glob> patterns(Members members, String name) {
    List<String> texts = members.texts(name);
    return texts.isEmpty() ? List.of(Glob.ofName("*")) : texts.stream().map(Glob::ofName).toList();
  }
}
