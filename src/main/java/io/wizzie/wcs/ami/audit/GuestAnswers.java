package io.wizzie.wcs.ami.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wizzie.wcs.ami.audit.Check.Place;
import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the program in the guest prints, and judges what it leaves to be judged here. */
final class GuestAnswers {
  private static final JsonMapper JSON = new JsonMapper();

  private final Clock clock;
  private final boolean launched;
  private final Map<Check, Examined> examined = new EnumMap<>(Check.class);
  private final List<Finding> findings = new ArrayList<>();

  GuestAnswers(Clock clock, boolean launched) {
    this.clock = clock;
    this.launched = launched;
  }

  AuditReport parse(String lines) {
    lines.lines().filter(line -> !line.isBlank()).forEach(this::line);
    // A check of which nothing was heard must not pass for one that found nothing.
    Arrays.stream(Check.values())
        .filter(this::isExpected)
        .filter(check -> !examined.containsKey(check))
        .forEach(check -> broken(check, "it gave no answer"));
    return new AuditReport(List.copyOf(examined.values()), findings);
  }

  private boolean isExpected(Check check) {
    return check.place() == Place.GUEST || (launched && check.place() == Place.LAUNCHED);
  }

  private void line(String line) {
    JsonNode answer;
    try {
      answer = JSON.readTree(line);
    } catch (JsonProcessingException notJson) {
      throw unknown(line);
    }
    if (answer.has("image")) {
      image(answer);
    } else if (answer.has("system")) {
      system(answer);
    } else {
      check(answer, Check.of(answer.path("check").asText()).orElseThrow(() -> unknown(line)));
    }
  }

  private void check(JsonNode answer, Check check) {
    if (answer.has("found")) {
      String severity = answer.path("severity").asText("");
      findings.add(
          new Finding(
              check,
              severity.isEmpty() || severity.equals("null")
                  ? check.severity()
                  : Severity.valueOf(severity),
              text(answer, "path"),
              answer.path("line").asInt(),
              answer.path("found").asText(),
              null));
    } else if (answer.has("unasked")) {
      examined.put(check, Examined.unasked(check, answer.path("unasked").asText()));
    } else if (answer.has("broken")) {
      broken(check, answer.path("broken").asText());
    } else {
      examined.put(check, Examined.looked(check, answer.path("looked").asText()));
    }
  }

  private void broken(Check check, String why) {
    examined.put(check, Examined.unasked(check, "it broke: " + why));
    findings.add(Finding.of(check, Severity.ERROR, null, "could not be checked: " + why));
  }

  private void system(JsonNode answer) {
    String name = answer.path("name").asText();
    SupportEnd end = SupportEnd.of(answer.path("system").asText(), answer.path("version").asText());
    Severity severity = end == null ? Severity.WARNING : end.severityAt(clock.instant());
    if (severity != null) {
      String message =
          end == null
              ? "how long " + name + " gets security updates is not known here"
              : name + " gets security updates until " + end.last() + " only";
      findings.add(Finding.of(Check.END_OF_LIFE_SYSTEM, severity, null, message));
    }
  }

  private void image(JsonNode answer) {
    SupportEnd end = SupportEnd.of(answer.path("system").asText(), answer.path("version").asText());
    boolean ended = end != null && end.severityAt(clock.instant()) == Severity.ERROR;
    String label = answer.path("label").asText();
    String name = answer.path("name").asText();
    String base =
        name.isEmpty() ? label.isEmpty() ? "unknown base" : "base " + label : "base " + name;
    findings.add(
        Finding.of(
            Check.COMPOSE_IMAGES,
            ended ? Severity.WARNING : Severity.NOTE,
            answer.path("image").asText(),
            age(answer.path("created").asText())
                + base
                + (end != null && ended ? ", without security updates since " + end.last() : "")));
  }

  private String age(String created) {
    try {
      Instant time = Instant.parse(created);
      long days = Duration.between(time, clock.instant()).toDays();
      return "is " + days + " days old (" + created.substring(0, 10) + "), ";
    } catch (DateTimeException unknown) {
      return "is of unknown age, ";
    }
  }

  private static @Nullable String text(JsonNode answer, String field) {
    return answer.path(field).isTextual() ? answer.path(field).textValue() : null;
  }

  private static BuildException unknown(String line) {
    return Category.GUEST.failure(
        "The audit in the guest gave an answer that is not known here: " + line);
  }
}
